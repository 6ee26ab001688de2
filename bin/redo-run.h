// How redo.c runs a command and shows it.
#pragma once

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "environment.h"
#include "redo-recipe.h"

static volatile sig_atomic_t interrupted;
static pid_t process;

static void on_signal(int signal) {
  interrupted = signal;
  if (process > 0) kill(-process, signal);
}

/** Runs a command in a group of its own; its status. */
static int run_command(const Command *command, int output) {
  int none = open("/dev/null", O_RDONLY | O_CLOEXEC);
  char **variables = changed(command->changes, command->changes_count);
  if (variables == NULL) give_up();
  pid_t parent = getpid();
  struct sigaction on_end = {.sa_handler = on_signal};
  for (int which = 0; which < 3; which++) {
    sigaction((int[]){SIGINT, SIGTERM, SIGHUP}[which], &on_end, NULL);
  }
  process = fork();
  if (process == 0) {
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(127);
    for (int which = 0; which < 3; which++) signal((int[]){SIGINT, SIGTERM, SIGHUP}[which], SIG_DFL);
    if (dup2(none, 0) < 0 || dup2(output, 1) < 0 || dup2(output, 2) < 0) _exit(127);
    if (chdir(command->folder) != 0) _exit(127);
    execve(command->program, command->words, variables);
    _exit(127);
  }
  if (process < 0) return -1;
  setpgid(process, process);
  int status;
  while (waitpid(process, &status, 0) < 0) {
    if (errno != EINTR) return -1;
  }
  return status;
}

/** A terminal shows what runs while it runs; other readers get a line when it is done. */
static int is_live;

static void show(const char *line) {
  struct winsize size;
  const char *kind = getenv("TERM");
  is_live = isatty(1) && (kind == NULL || strcmp(kind, "dumb") != 0);
  if (!is_live) return;
  size_t most = ioctl(1, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 ? size.ws_col - 1u : 79;
  for (size_t which = 0; which < most && line[which] >= ' ' && line[which] <= '~'; which++) {
    putchar(line[which]);
  }
  fflush(stdout);
}

static void hide(void) {
  if (!is_live) return;
  fputs("\r\033[K", stdout);
  fflush(stdout);
}
