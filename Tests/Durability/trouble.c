// Makes what a process does to the files of a history fail, as long as a file says so.
//
// Preloaded by scripts/check-durability. The file is named by CONCLAVE_TROUBLE, and holds a kind and an error:
// "write EIO", for example. The kinds: write; torn, which writes half and then fails; sync; truncate; all of these; and
// some of them, one in four calls.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int read_small(const char *path, char *text, size_t size) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    ssize_t count = read(file, text, size - 1);
    close(file);
    text[count > 0 ? count : 0] = 0;
    return count > 0;
}

static int is_history(int file) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t count = readlink(link, path, sizeof path - 1);
    if (count <= 0) return 0;
    path[count] = 0;
    return strstr(path, "/history.sqlite") != NULL;
}

// What is to become of this call: 0, it is done; an error, with which it fails. `torn`: half of it is done before.
static int trouble(const char *call, int file, int *torn) {
    static const char *flag;
    static __thread unsigned calls;
    if (!flag) flag = getenv("CONCLAVE_TROUBLE");
    if (!flag || access(flag, F_OK) != 0) return 0;
    char text[64], kind[32], error[32];
    if (!is_history(file) || !read_small(flag, text, sizeof text)) return 0;
    if (sscanf(text, "%31s %31s", kind, error) != 2) return 0;
    *torn = strcmp(kind, "torn") == 0 && strcmp(call, "write") == 0;
    int is_meant = *torn || strcmp(kind, call) == 0 || strcmp(kind, "all") == 0 ||
                   (strcmp(kind, "some") == 0 && ++calls % 4 == 0);
    if (!is_meant) return 0;
    return strcmp(error, "ENOSPC") == 0 ? ENOSPC : EIO;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define FAIL(call, file)                                                                                              \
    int torn = 0, error = trouble(call, file, &torn);                                                                  \
    if (error && !torn) return errno = error, -1

#define WRITE(name, offset_type)                                                                                       \
    ssize_t name(int file, const void *bytes, size_t count, offset_type offset) {                                      \
        FAIL("write", file);                                                                                           \
        if (torn && count < 2) return errno = error, -1;                                                               \
        return REAL(name)(file, bytes, torn ? count / 2 : count, offset);                                              \
    }

#define SYNC(name)                                                                                                     \
    int name(int file) {                                                                                               \
        FAIL("sync", file);                                                                                            \
        return REAL(name)(file);                                                                                       \
    }

#define TRUNCATE(name, length_type)                                                                                    \
    int name(int file, length_type length) {                                                                           \
        FAIL("truncate", file);                                                                                        \
        return REAL(name)(file, length);                                                                               \
    }

WRITE(pwrite, off_t)
WRITE(pwrite64, off64_t)
SYNC(fsync)
SYNC(fdatasync)
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)
