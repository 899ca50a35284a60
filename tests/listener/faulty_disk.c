/* Preloaded into a listener: makes calls on SQLite's files fail while a file tells so.

   The file named by FAULTS holds a kind of call, "write" or "sync", and an error number. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int fails(const char *kind, int handle) {
    char link[64], name[4096], text[64] = "", wanted[16];
    int number, control;
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    ssize_t length = readlink(link, name, sizeof name - 1);
    if (length < 0) return 0;
    name[length] = 0;
    if (!strstr(name, ".sqlite3")) return 0;
    control = syscall(SYS_openat, AT_FDCWD, getenv("FAULTS"), O_RDONLY);
    if (control < 0) return 0;
    length = syscall(SYS_read, control, text, sizeof text - 1);
    syscall(SYS_close, control);
    if (length <= 0 || sscanf(text, "%15s %d", wanted, &number) != 2 || strcmp(wanted, kind)) return 0;
    errno = number;
    return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t pwrite64(int handle, const void *data, size_t size, off64_t at) {
    return fails("write", handle) ? -1 : REAL(pwrite64)(handle, data, size, at);
}
ssize_t pwrite(int handle, const void *data, size_t size, off_t at) {
    return fails("write", handle) ? -1 : REAL(pwrite)(handle, data, size, at);
}
ssize_t write(int handle, const void *data, size_t size) {
    return fails("write", handle) ? -1 : REAL(write)(handle, data, size);
}
int fsync(int handle) { return fails("sync", handle) ? -1 : REAL(fsync)(handle); }
int fdatasync(int handle) { return fails("sync", handle) ? -1 : REAL(fdatasync)(handle); }
