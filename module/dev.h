/* SPDX-License-Identifier: GPL-2.0 */
/* The device file. */
#ifndef KTB_DEV_H
#define KTB_DEV_H

int ktb_dev_register(void);
void ktb_dev_unregister(void);

#endif /* KTB_DEV_H */
