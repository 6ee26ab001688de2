// Runs a command and writes what it and its children used: CPU microseconds, largest memory in KB.
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static long micros(struct timeval time) { return time.tv_sec * 1000000L + time.tv_usec; }

int main(int count, char **words) {
  if (count < 3) return 2;
  pid_t child = fork();
  if (child == 0) {
    execvp(words[2], words + 2);
    _exit(127);
  }
  int status;
  struct rusage used;
  waitpid(child, &status, 0);
  getrusage(RUSAGE_CHILDREN, &used);
  FILE *out = fopen(words[1], "w");
  if (out == NULL) return 2;
  fprintf(out, "%ld %ld\n", micros(used.ru_utime) + micros(used.ru_stime), used.ru_maxrss);
  fclose(out);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
