#pragma once
// What Swift's Glibc module leaves out.
#include <malloc.h>
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

// Blocks of 128 KiB and more go back to the system when they are given up. By itself malloc raises that bound with
// each large block that it sees, and keeps up to 64 MiB of what a file of 20,000 rows needed.
static inline void clinux_give_back_large_blocks(void) { mallopt(M_MMAP_THRESHOLD, 128 << 10); }
