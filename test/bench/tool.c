// The stand-in tools of the benchmark: a compiler and an archiver that do next to nothing.
//   tool … -MF DEPFILE -o OUTPUT -c SOURCE   for sources that begin with `//bench`: writes the object,
//                                            and a depfile of the lines `#include "PATH"`
//   tool csr… OUTPUT INPUT…                  an archive
//   tool --touch OUTPUT…                     empty files
// All else is given to the real compiler or archiver.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char text[1 << 16];

static void make(const char *path, const char *content, size_t length) {
  int out = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
  if (out < 0 || write(out, content, length) != (ssize_t)length) exit(1);
  close(out);
}

/** The depfile; included paths are relative to the folder above `src/`. */
static void depfile(const char *path, const char *object, const char *source) {
  static char out[1 << 16];
  const char *above = strstr(source, "src/");
  int root = above == NULL ? 0 : (int)(above - source);
  int length = snprintf(out, sizeof out, "%s: %s", object, source);
  for (char *at = text; (at = strstr(at, "#include \"")) != NULL;) {
    at += strlen("#include \"");
    int name = (int)strcspn(at, "\"");
    length += snprintf(out + length, sizeof out - length, " \\\n %.*s%.*s", root, source, name, at);
  }
  out[length++] = '\n';
  make(path, out, length);
}

static int compile(const char *source, const char *object, const char *dependencies) {
  int in = open(source, O_RDONLY);
  if (in < 0) return 0;
  ssize_t length = read(in, text, sizeof text - 1);
  close(in);
  if (length < 7 || strncmp(text, "//bench", 7) != 0) return 0;
  text[length] = 0;
  if (dependencies != NULL) depfile(dependencies, object, source);
  make(object, text, length);
  return 1;
}

int main(int count, char **words) {
  if (count > 2 && strcmp(words[1], "--touch") == 0) {
    for (int at = 2; at < count; at++) make(words[at], "", 0);
    return 0;
  }
  int archiver = strstr(words[0], "bench-ar") != NULL;
  if (archiver && count > 2 && strncmp(words[1], "csr", 3) == 0) {
    make(words[2], words[1], 3);
    return 0;
  }
  const char *source = NULL, *object = NULL, *dependencies = NULL;
  for (int at = 1; at + 1 < count; at++) {
    if (strcmp(words[at], "-c") == 0) source = words[at + 1];
    if (strcmp(words[at], "-o") == 0) object = words[at + 1];
    if (strcmp(words[at], "-MF") == 0) dependencies = words[at + 1];
  }
  if (!archiver && source != NULL && object != NULL && compile(source, object, dependencies)) return 0;
  words[0] = archiver ? "ar" : "cc";
  execvp(words[0], words);
  return 127;
}
