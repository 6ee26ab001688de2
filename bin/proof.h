// What a build rests on, as kaon recorded it: src/store/no-op-proof.ts and what it names have the formats.
#include <stdint.h>

#define FOLDER "meson-private/kaon-noop/"
enum { list_format = 2 };

struct list {
  char magic[8];
  uint32_t version, checksum, files, plain, setup, log, graph, variables, always, captured;
  uint32_t starts[]; // of each path, from the beginning of the file; then build, program, says, variables
};
struct stamp {
  int64_t changed_ns;
  uint64_t inode;
  int64_t size;
};
struct seen {
  char magic[8];
  uint32_t version, list;
  struct stamp stamps[];
};
struct look {
  char magic[8];
  uint32_t list, count;
  struct stamp log;
  uint32_t files[]; // those that changed, counted from the first behind `setup`
};
