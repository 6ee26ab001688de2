// How redo.c runs a command and shows it.
#pragma once

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "environment.h"
#include "redo-recipe.h"

enum { cannot_run = 127 };

/** The signal of the user that ends us, and the group of what runs. */
static volatile sig_atomic_t interrupted;
static volatile pid_t group;

/** As src/exec/end-children.ts: what does not end when it is asked is told to, and then it is killed. */
static void on_signal(int signal) {
  static const struct itimerval patience = {{0, 700000}, {0, 700000}};
  static int told;
  if (signal == SIGALRM) signal = told++ == 0 ? SIGTERM : SIGKILL;
  else if (interrupted == 0) setitimer(ITIMER_REAL, &patience, NULL);
  if (interrupted == 0) interrupted = signal;
  if (group > 0) kill(-group, signal);
}

/** In the guard: whether the command was asked to end; and what is done when we died. */
static volatile sig_atomic_t asked;
static void on_asked(int signal) { asked = signal; }
static void end_group(int signal) {
  (void)signal;
  kill(0, SIGKILL);
}

static const int user_signals[] = {SIGINT, SIGTERM, SIGHUP};

/** What was ignored before, as `nohup` does, stays so. */
static void heed(void (*handler)(int)) {
  for (int which = 0; which < 3; which++) {
    struct sigaction action = {.sa_handler = handler}, before;
    if (sigaction(user_signals[which], NULL, &before) != 0 || before.sa_handler == SIG_IGN) continue;
    sigaction(user_signals[which], &action, NULL);
  }
}

static void become(const Command *command, int input, int output, char **variables) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (dup2(input, 0) < 0 || dup2(output, 1) < 0 || dup2(output, 2) < 0) return;
  if (chdir(command->folder) == 0) execve(command->program, command->words, variables);
}

/**
 * Leads the group of the command, and ends all of it when we died: what compilers start would go on
 * to write while the next kaon builds the same.
 */
static void guard(const Command *command, int input, int output, int *status) {
  sigset_t none;
  sigemptyset(&none);
  char **variables = changed(command->changes, command->changes_count);
  signal(SIGALRM, SIG_DFL);
  signal(SIGUSR1, end_group);
  heed(on_asked);
  sigprocmask(SIG_SETMASK, &none, NULL);
  pid_t ours = variables == NULL ? -1 : fork();
  if (ours == 0) {
    become(command, input, output, variables);
    _exit(cannot_run);
  }
  int ended = cannot_run << 8;
  while (ours > 0 && waitpid(ours, &ended, 0) < 0 && errno == EINTR) continue;
  *status = ended;
  // What it started may go on.
  if (asked) kill(0, SIGKILL);
  _exit(0);
}

/** Runs a command in a group of its own; its status. */
static int run_command(const Command *command, int output) {
  int input = open("/dev/null", O_RDONLY | O_CLOEXEC);
  int *status = mmap(NULL, sizeof *status, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (input < 0 || status == MAP_FAILED) give_up();
  *status = cannot_run << 8;
  pid_t parent = getpid();
  struct sigaction on_alarm = {.sa_handler = on_signal};
  sigaction(SIGALRM, &on_alarm, NULL);
  heed(on_signal);
  sigset_t all, before;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, &before);
  pid_t process = interrupted ? -1 : fork();
  if (process == 0) {
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGUSR1);
    if (getppid() != parent) _exit(cannot_run);
    guard(command, input, output, status);
  }
  if (process > 0) setpgid(process, process);
  group = process;
  sigprocmask(SIG_SETMASK, &before, NULL);
  int ended = cannot_run << 8;
  while (process > 0 && waitpid(process, &ended, 0) < 0 && errno == EINTR) continue;
  group = 0;
  close(input);
  // Of the guard itself there is nothing to tell but that someone killed it.
  return ended == 0 ? *status : ended;
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
