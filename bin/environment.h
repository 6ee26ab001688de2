// The environment of a command.
#pragma once

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

extern char **environ;

/** Ours with changes, each `+NAME=VALUE` or `-NAME`; the strings stay where they are. Nothing without memory. */
static char **changed(char **changes, uint32_t count) {
  if (count == 0) return environ;
  size_t size = 0;
  while (environ[size] != NULL) size++;
  char **made = malloc((size + count + 1) * sizeof *made);
  if (made == NULL) return NULL;
  size_t kept = 0;
  for (size_t at = 0; at < size; at++) {
    size_t length = strcspn(environ[at], "=");
    int stays = 1;
    for (uint32_t change = 0; change < count && stays; change++) {
      const char *name = changes[change] + 1;
      stays = strncmp(name, environ[at], length) != 0 || (name[length] != 0 && name[length] != '=');
    }
    if (stays) made[kept++] = environ[at];
  }
  for (uint32_t change = 0; change < count; change++) {
    if (changes[change][0] == '+') made[kept++] = changes[change] + 1;
  }
  made[kept] = NULL;
  return made;
}
