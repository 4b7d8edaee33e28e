#pragma once
// What Swift's Glibc module leaves out.
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/sendfile.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

// accept4 stands behind _GNU_SOURCE, which must not be defined here (the debug build breaks on it),
// and <sys/socket.h> would give its types a second home beside Glibc's.
extern long syscall(long number, ...);
static inline int clinux_accept(int listener, void *address, unsigned int *length) {
    return (int)syscall(SYS_accept4, listener, address, length, 02004000 /* CLOEXEC, NONBLOCK */);
}

static inline void clinux_name_thread(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }
