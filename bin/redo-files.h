// Files for redo.c. What fails is left to node.
#pragma once

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "proof.h"

enum { done = 0, ask_node = 1 };

typedef struct Bytes {
  char *at;
  size_t size;
} Bytes;

static void give_up(void) { exit(ask_node); }

static void *room(size_t count, size_t size) {
  void *made = calloc(count + 1, size);
  if (made == NULL) give_up();
  return made;
}

static Bytes contents(const char *path, int flags, int protection) {
  struct stat about;
  int file = open(path, flags | O_CLOEXEC);
  if (file < 0 || fstat(file, &about) != 0) give_up();
  Bytes bytes = {NULL, (size_t)about.st_size};
  if (bytes.size > 0) {
    int kind = protection & PROT_WRITE ? MAP_SHARED : MAP_PRIVATE;
    bytes.at = mmap(NULL, bytes.size, protection, kind, file, 0);
    if (bytes.at == MAP_FAILED) give_up();
  }
  close(file);
  return bytes;
}

/** What a file holds, though it is written anew meanwhile; `at` is nothing where there is none. */
static Bytes copy_of(const char *path) {
  struct stat about;
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return (Bytes){NULL, 0};
  if (fstat(file, &about) != 0) give_up();
  Bytes bytes = {room((size_t)about.st_size, 1), (size_t)about.st_size};
  for (size_t done_bytes = 0; done_bytes < bytes.size;) {
    ssize_t count = read(file, bytes.at + done_bytes, bytes.size - done_bytes);
    if (count <= 0) give_up();
    done_bytes += (size_t)count;
  }
  close(file);
  return bytes;
}

static Bytes said_in(int output) {
  struct stat about;
  if (fstat(output, &about) != 0) give_up();
  Bytes bytes = {room((size_t)about.st_size, 1), (size_t)about.st_size};
  if (pread(output, bytes.at, bytes.size, 0) != about.st_size) give_up();
  return bytes;
}

static int same_content(const char *one, const char *other) {
  struct stat about[2];
  if (stat(one, &about[0]) != 0 || stat(other, &about[1]) != 0) return 0;
  if (about[0].st_ino == about[1].st_ino && about[0].st_dev == about[1].st_dev) return 1;
  if (about[0].st_size != about[1].st_size || about[0].st_mode != about[1].st_mode) return 0;
  Bytes a = contents(one, O_RDONLY, PROT_READ), b = contents(other, O_RDONLY, PROT_READ);
  return a.size == b.size && (a.size == 0 || memcmp(a.at, b.at, a.size) == 0);
}

/** As kaon copies: with the permissions and the time of the original, or as another name of it. */
static void copy_file(const char *from, const char *to, int linked) {
  struct stat about;
  int in = open(from, O_RDONLY | O_CLOEXEC);
  if (in < 0 || fstat(in, &about) != 0 || (unlink(to) != 0 && errno != ENOENT)) give_up();
  if (linked && link(from, to) == 0) {
    close(in);
    return;
  }
  int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, about.st_mode & 0777);
  if (out < 0) give_up();
  for (off_t left = about.st_size; left > 0;) {
    ssize_t count = copy_file_range(in, NULL, out, NULL, (size_t)left, 0);
    if (count <= 0) give_up();
    left -= count;
  }
  struct timespec times[2] = {about.st_mtim, about.st_mtim};
  if (fchmod(out, about.st_mode & 07777) != 0 || futimens(out, times) != 0) give_up();
  close(in);
  if (close(out) != 0) give_up();
}

/** Writes beside the file and renames over it. */
static void replace(const char *path, const void *bytes, size_t size) {
  char beside[64];
  snprintf(beside, sizeof beside, FOLDER ".redo.%ld", (long)getpid());
  int file = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) give_up();
  if (write(file, bytes, size) != (ssize_t)size || close(file) != 0 || rename(beside, path) != 0) {
    unlink(beside);
    give_up();
  }
}
