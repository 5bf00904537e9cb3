package org.mtl4j.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;

class ProcessMemoryTest {
  @TempDir Path root;

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text + "\n");
  }

  @Test
  void lowestLimitOfAGroupAndThoseAboveItHolds() throws IOException {
    write("proc/self/cgroup", "0::/pod/task");
    write("sys/fs/cgroup/pod/task/memory.max", "max");
    assertThat(ProcessMemory.controlGroupLimit(root)).isEmpty();
    write("sys/fs/cgroup/pod/memory.max", "3000000000");
    assertThat(ProcessMemory.controlGroupLimit(root)).hasValue(3_000_000_000L);
    write("sys/fs/cgroup/pod/task/memory.max", "2000000000");
    assertThat(ProcessMemory.controlGroupLimit(root)).hasValue(2_000_000_000L);
    write("sys/fs/cgroup/memory.max", "1000000000");
    assertThat(ProcessMemory.controlGroupLimit(root)).hasValue(1_000_000_000L);
  }

  @Test
  void groupsOfVersionOneAreReadByTheirMemoryController() throws IOException {
    write("proc/self/cgroup", "5:cpu,cpuacct:/other\n4:memory:/pod\n1:name=systemd:/x");
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712");
    assertThat(ProcessMemory.controlGroupLimit(root)).isEmpty();
    write("sys/fs/cgroup/memory/pod/memory.limit_in_bytes", "4000000000");
    assertThat(ProcessMemory.controlGroupLimit(root)).hasValue(4_000_000_000L);
  }

  @Test
  void systemWithoutGroupsHasNoLimitOfTheirs() {
    assertThat(ProcessMemory.controlGroupLimit(root)).isEmpty();
    assertThat(ProcessMemory.limit()).isGreaterThan(1 << 28);
  }

  @Test
  void needThatJustFitsIsAllowedAndOneByteMoreIsRefused() {
    MemoryNeed need =
        new MemoryNeed(100, List.of("10 rows x 10"), new MemoryNeed.Blame("x", "Less."));
    need.check(50, 150);
    assertThatThrownBy(() -> need.check(51, 150))
        .isInstanceOfSatisfying(
            MtlException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MEMORY));
  }
}
