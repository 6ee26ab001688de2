// How starter.c makes a process of a command.
#pragma once

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/select.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

typedef struct Command {
  struct Command *next;
  uint32_t id;
  int speaks;
  /** Strings, and the lists of them that `execve` takes. */
  char *text, *folder, *input, *output, **words, **variables;
} Command;

static sigset_t given_mask;

static const char *variable(char **variables, const char *name, size_t length) {
  for (; *variables != NULL; variables++) {
    if (strncmp(*variables, name, length) == 0 && (*variables)[length] == '=') {
      return *variables + length + 1;
    }
  }
  return NULL;
}

/** `execve` as a shell finds programs. Returns only where nothing can be run. */
static int execute(const char *path, Command *command) {
  execve(path, command->words, command->variables);
  if (errno != ENOEXEC) return errno;
  // There is room for one more word before the first.
  char **words = command->words - 1;
  words[0] = "/bin/sh";
  words[1] = (char *)path;
  execve(words[0], words, command->variables);
  return ENOEXEC;
}

static int find_and_execute(Command *command, char *room, size_t size) {
  const char *name = command->words[0];
  if (strchr(name, '/') != NULL) return execute(name, command);
  const char *folders = variable(command->variables, "PATH", 4);
  if (folders == NULL) folders = "/usr/bin:/bin";
  int error = ENOENT;
  for (const char *at = folders;; at++) {
    size_t length = strcspn(at, ":");
    if (length + strlen(name) + 2 <= size) {
      size_t slash = length > 0;
      memcpy(room, at, length);
      if (slash) room[length] = '/';
      strcpy(room + length + slash, name);
      int now = execute(room, command);
      if (now != ENOENT && now != ENOTDIR && error != EACCES) error = now;
    }
    at += length;
    if (*at == 0) return error;
  }
}

/** Becomes the command; the memory is still that of the one who starts it. Returns where it could not. */
static int become(Command *command, int input, int output, int errors) {
  static char room[4096];
  setpgid(0, 0);
#ifdef __linux__
  prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
  signal(SIGCHLD, SIG_DFL);
  signal(SIGPIPE, SIG_DFL);
  sigprocmask(SIG_SETMASK, &given_mask, NULL);
  if (dup2(input, 0) < 0 || dup2(output, 1) < 0 || dup2(errors, 2) < 0) return errno;
  if (chdir(command->folder) != 0) return errno;
  return find_and_execute(command, room, sizeof room);
}

/** The process of a command; `error` says why there is none. */
static __attribute__((noinline)) pid_t launch(Command *command, int input, int output, int errors,
                                              volatile int *error) {
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, NULL);
  pid_t process = vfork();
  if (process == 0) {
    *error = become(command, input, output, errors);
    _exit(127);
  }
  if (process < 0) *error = errno;
  sigset_t mask = given_mask;
  sigaddset(&mask, SIGCHLD);
  sigprocmask(SIG_SETMASK, &mask, NULL);
  if (process > 0 && *error != 0) waitpid(process, NULL, 0);
  return process;
}

/** The end to read from never waits, and `pselect` can listen to it; no command gets one unasked. */
static void open_pipe(int *ends) {
  int made[2];
  if (pipe(made) != 0) return;
  if (made[0] >= FD_SETSIZE) {
    close(made[0]);
    close(made[1]);
    return;
  }
  ends[0] = made[0];
  ends[1] = made[1];
  for (int which = 0; which < 2; which++) fcntl(ends[which], F_SETFD, FD_CLOEXEC);
  fcntl(ends[0], F_SETFL, O_NONBLOCK);
}
