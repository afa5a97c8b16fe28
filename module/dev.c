// SPDX-License-Identifier: GPL-2.0
/*
 * /dev/ktbench: the only file that touches user memory. It copies in, calls
 * the session or reads a table, and copies out; it decides nothing.
 */
#include <linux/capability.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/poll.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "describe.h"
#include "dev.h"
#include "session.h"

/* What the struct of each ioctl may be at its largest. */
union ktb_dev_arg {
	struct ktb_query query;
	struct ktb_workload_info workload;
	struct ktb_param_info param;
	struct ktb_metric_info metric;
	struct ktb_setup setup;
	struct ktb_start start;
	struct ktb_stop stop;
	struct ktb_check_info check;
	struct ktb_check_run check_run;
};

/* The ones that only tell need no session. */
static int ktb_dev_query(struct ktb_session *session, union ktb_dev_arg *arg)
{
	return ktb_describe_module(&arg->query);
}

static int ktb_dev_workload_info(struct ktb_session *session,
				 union ktb_dev_arg *arg)
{
	return ktb_describe_workload(&arg->workload);
}

static int ktb_dev_param_info(struct ktb_session *session,
			      union ktb_dev_arg *arg)
{
	return ktb_describe_param(&arg->param);
}

static int ktb_dev_metric_info(struct ktb_session *session,
			       union ktb_dev_arg *arg)
{
	return ktb_describe_metric(&arg->metric);
}

static int ktb_dev_check_info(struct ktb_session *session,
			      union ktb_dev_arg *arg)
{
	return ktb_describe_check(&arg->check);
}

/* An array of user space's; NULL if it has no entries. */
static void *ktb_dev_copy_array(u64 from, u32 nr, size_t bytes)
{
	return nr ? vmemdup_user(u64_to_user_ptr(from), nr * bytes) : NULL;
}

static int ktb_dev_copy_request(struct ktb_request *request,
				const struct ktb_setup *setup)
{
	void *params, *places, *disturb;

	params = ktb_dev_copy_array(setup->params, setup->nr_params,
				    sizeof(*request->params));
	if (IS_ERR(params))
		return PTR_ERR(params);
	places = ktb_dev_copy_array(setup->places, setup->nr_places,
				    sizeof(*request->places));
	if (IS_ERR(places)) {
		kvfree(params);
		return PTR_ERR(places);
	}
	disturb = ktb_dev_copy_array(setup->disturb, setup->nr_disturb,
				     sizeof(*request->disturb));
	if (IS_ERR(disturb)) {
		kvfree(places);
		kvfree(params);
		return PTR_ERR(disturb);
	}
	request->params = params;
	request->places = places;
	request->disturb = disturb;
	return 0;
}

/* The lengths that bound what is copied, before it is copied. */
static int ktb_dev_check_lengths(struct ktb_setup *setup)
{
	if (setup->reserved || setup->reserved2 || setup->reserved3 ||
	    setup->nr_params > KTB_MAX_PARAMS)
		return -EINVAL;
	if (!setup->nr_places || setup->nr_places > nr_cpu_ids)
		setup->err_what = KTB_WHAT_PLACE;
	else if (setup->nr_disturb > nr_cpu_ids)
		setup->err_what = KTB_WHAT_DISTURB;
	else
		return 0;
	setup->err_limit = setup->nr_places ? nr_cpu_ids : 1;
	setup->err_index = setup->err_limit;
	return -ERANGE;
}

static int ktb_dev_setup(struct ktb_session *session, union ktb_dev_arg *arg)
{
	struct ktb_setup *setup = &arg->setup;
	struct ktb_request request = {
		.workload = setup->workload,
		.nr_params = setup->nr_params,
		.nr_places = setup->nr_places,
		.nr_disturb = setup->nr_disturb,
	};
	int err;

	setup->nr_areas = 0;
	setup->nr_threads = 0;
	setup->err_what = KTB_WHAT_NOTHING;
	setup->err_index = 0;
	setup->err_limit = 0;
	err = ktb_dev_check_lengths(setup);
	if (!err)
		err = ktb_dev_copy_request(&request, setup);
	if (err)
		return err;

	err = ktb_session_setup(session, &request, setup);
	setup->err_what = request.what;
	setup->err_index = request.which;
	setup->err_limit = request.limit;
	kvfree(request.disturb);
	kvfree(request.places);
	kvfree(request.params);
	return err;
}

static int ktb_dev_start(struct ktb_session *session, union ktb_dev_arg *arg)
{
	if (arg->start.flags & ~KTB_START_BESIDE)
		return -EINVAL;
	return ktb_session_start(session, arg->start.flags & KTB_START_BESIDE);
}

static int ktb_dev_stop(struct ktb_session *session, union ktb_dev_arg *arg)
{
	struct ktb_stop *stop = &arg->stop;

	if (stop->flags || stop->error)
		return -EINVAL;
	return ktb_session_stop(session, stop);
}

static int ktb_dev_tell_check(struct ktb_check_run *run,
			      const struct ktb_trial *trial)
{
	run->verdict = trial->verdict;
	run->evidence_bytes = min_t(size_t, run->evidence_bytes, trial->used);
	strscpy(run->reason, trial->reason, sizeof(run->reason));
	if (copy_to_user(u64_to_user_ptr(run->evidence), trial->evidence,
			 run->evidence_bytes))
		return -EFAULT;
	return 0;
}

static int ktb_dev_check(struct ktb_session *session, union ktb_dev_arg *arg)
{
	struct ktb_check_run *run = &arg->check_run;
	const struct ktb_subject *subject;
	const struct ktb_check *check;
	struct ktb_trial *trial;
	int err;

	if (run->flags || run->reserved)
		return -EINVAL;
	check = ktb_contract_get(run->index, &subject);
	if (!check)
		return -ENOENT;
	trial = ktb_trial_alloc();
	if (!trial)
		return -ENOMEM;
	err = ktb_session_check(session, check, trial, &run->duration_ns);
	if (!err)
		err = ktb_dev_tell_check(run, trial);
	ktb_trial_free(trial);
	return err;
}

/**
 * struct ktb_dev_call - one ioctl
 * @call: what it does, on a struct that is filled up with zeros
 * @bytes: size of its struct today
 * @least: size of its struct in version 1
 * @undo: called when the ioctl fails, wherever on its way; may be NULL. Not when
 *	it was refused or its caller killed, before it had begun to change anything
 */
struct ktb_dev_call {
	int (*call)(struct ktb_session *session, union ktb_dev_arg *arg);
	size_t bytes;
	size_t least;
	void (*undo)(struct ktb_session *session);
};

#define KTB_DEV_CALL(_call, _type, _last, ...)                                 \
	{                                                                      \
		_call, sizeof(_type), offsetofend(_type, _last), ##__VA_ARGS__ \
	}

static const struct ktb_dev_call ktb_dev_calls[] = {
	[_IOC_NR(KTB_IOC_QUERY)] =
		KTB_DEV_CALL(ktb_dev_query, struct ktb_query, reserved2),
	[_IOC_NR(KTB_IOC_WORKLOAD_INFO)] = KTB_DEV_CALL(
		ktb_dev_workload_info, struct ktb_workload_info, contracts),
	[_IOC_NR(KTB_IOC_PARAM_INFO)] =
		KTB_DEV_CALL(ktb_dev_param_info, struct ktb_param_info, help),
	[_IOC_NR(KTB_IOC_METRIC_INFO)] =
		KTB_DEV_CALL(ktb_dev_metric_info, struct ktb_metric_info, help),
	[_IOC_NR(KTB_IOC_SETUP)] = KTB_DEV_CALL(ktb_dev_setup, struct ktb_setup,
						reserved3, ktb_session_reset),
	[_IOC_NR(KTB_IOC_START)] =
		KTB_DEV_CALL(ktb_dev_start, struct ktb_start, flags),
	[_IOC_NR(KTB_IOC_STOP)] =
		KTB_DEV_CALL(ktb_dev_stop, struct ktb_stop, error),
	[_IOC_NR(KTB_IOC_CHECK_INFO)] =
		KTB_DEV_CALL(ktb_dev_check_info, struct ktb_check_info, source),
	[_IOC_NR(KTB_IOC_CHECK)] =
		KTB_DEV_CALL(ktb_dev_check, struct ktb_check_run, reason),
};

static int ktb_dev_call(const struct ktb_dev_call *call,
			struct ktb_session *session, void __user *user)
{
	union ktb_dev_arg arg = {};
	u32 size;
	int err;

	if (get_user(size, (u32 __user *)user))
		return -EFAULT;
	if (size < call->least)
		return -EINVAL;
	if (size > PAGE_SIZE)
		return -E2BIG;

	err = copy_struct_from_user(&arg, call->bytes, user, size);
	if (err)
		return err;
	err = call->call(session, &arg);
	/* An error has its details in the struct, so it is copied either way. */
	if (copy_to_user(user, &arg, min_t(size_t, size, call->bytes)))
		return -EFAULT;
	return err;
}

static long ktb_dev_ioctl(struct file *file, unsigned int cmd,
			  unsigned long user)
{
	struct ktb_session *session = file->private_data;
	const struct ktb_dev_call *call;
	int err;

	if (_IOC_TYPE(cmd) != KTB_IOC_TYPE ||
	    _IOC_NR(cmd) >= ARRAY_SIZE(ktb_dev_calls) ||
	    cmd != _IO(KTB_IOC_TYPE, _IOC_NR(cmd)))
		return -ENOTTY;
	call = &ktb_dev_calls[_IOC_NR(cmd)];
	err = ktb_dev_call(call, session, (void __user *)user);
	if (err && err != -EBUSY && err != -EINTR && call->undo)
		call->undo(session);
	return err;
}

static __poll_t ktb_dev_poll(struct file *file, poll_table *wait)
{
	struct ktb_session *session = file->private_data;

	poll_wait(file, &session->wait, wait);
	/* Pairs with the release in ktb_session_done(). */
	if (smp_load_acquire(&session->state) == KTB_STATE_DONE)
		return EPOLLIN | EPOLLRDNORM;
	return 0;
}

static void ktb_dev_vm_open(struct vm_area_struct *vma)
{
	ktb_area_pages_get(vma->vm_private_data);
}

static void ktb_dev_vm_close(struct vm_area_struct *vma)
{
	ktb_area_pages_put(vma->vm_private_data);
}

/* Whoever maps an area holds all of them, and so they stay charged. */
static const struct vm_operations_struct ktb_dev_vm_ops = {
	.open = ktb_dev_vm_open,
	.close = ktb_dev_vm_close,
};

/* One area at a time, and all of it. */
static int ktb_dev_map_area(struct ktb_area_pages *pages,
			    struct vm_area_struct *vma)
{
	if (vma->vm_pgoff >= pages->nr || vma->vm_pgoff % pages->per_area ||
	    vma_pages(vma) != pages->per_area)
		return -EINVAL;
	return vm_map_pages(vma, pages->page, pages->nr);
}

/* The caller's mmap_lock is held for writing: nothing here waits for a run. */
static int ktb_dev_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct ktb_area_pages *pages;
	int err;

	/* Of a file that was opened to read the kernel clears VM_SHARED. */
	if (vma->vm_flags & VM_WRITE || !(vma->vm_flags & VM_MAYSHARE))
		return -EACCES;
	ktb_vm_flags_clear(vma, VM_MAYWRITE);
	ktb_vm_flags_set(vma, VM_DONTEXPAND | VM_DONTDUMP);

	pages = ktb_session_pages(file->private_data);
	if (!pages)
		return -ENODATA;
	err = ktb_dev_map_area(pages, vma);
	if (err) {
		ktb_area_pages_put(pages);
		return err;
	}
	vma->vm_private_data = pages;
	vma->vm_ops = &ktb_dev_vm_ops;
	return 0;
}

static int ktb_dev_open(struct inode *inode, struct file *file)
{
	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	file->private_data = ktb_session_open();
	return file->private_data ? 0 : -ENOMEM;
}

static int ktb_dev_release(struct inode *inode, struct file *file)
{
	ktb_session_release(file->private_data);
	return 0;
}

static const struct file_operations ktb_dev_fops = {
	.owner = THIS_MODULE,
	.open = ktb_dev_open,
	.release = ktb_dev_release,
	.unlocked_ioctl = ktb_dev_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
	.poll = ktb_dev_poll,
	.mmap = ktb_dev_mmap,
};

static struct miscdevice ktb_dev = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = KTB_DEVICE_NAME,
	.fops = &ktb_dev_fops,
	.mode = 0600,
};

/** ktb_dev_register() - make the device; 0 or misc_register()'s error */
int ktb_dev_register(void)
{
	return misc_register(&ktb_dev);
}

/** ktb_dev_unregister() - take the device away */
void ktb_dev_unregister(void)
{
	misc_deregister(&ktb_dev);
}
