package org.mtl4j.core.training;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** What the system says of this process's memory, in bytes. Tensors live outside the Java heap. */
public final class ProcessMemory {
  private static final Path ROOT = Path.of("/");

  private ProcessMemory() {}

  /** What is resident now; empty where the system does not say (it does on Linux). */
  public static OptionalLong resident() {
    return status("VmRSS:");
  }

  /**
   * What is resident now and the process's own, no page of a file, mapped or shared; empty where
   * the system does not say (it does on Linux).
   */
  public static OptionalLong anonymous() {
    return status("RssAnon:");
  }

  /**
   * The most that was ever resident, mapped files included; empty where the system does not say (it
   * does on Linux).
   */
  public static OptionalLong peak() {
    return status("VmHWM:");
  }

  /** What the process may use: the machine's memory, or a container's limit if that is lower. */
  public static long limit() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return Math.min(system.getTotalMemorySize(), controlGroupLimit(ROOT).orElse(Long.MAX_VALUE));
  }

  /** What buffers outside the heap may use. */
  static long directLimit() {
    HotSpotDiagnosticMXBean machine =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    long limit = Long.parseLong(machine.getVMOption("MaxDirectMemorySize").getValue());
    // 0 says that none was given: then it is that of the heap.
    return limit == 0 ? Runtime.getRuntime().maxMemory() : limit;
  }

  /**
   * The lowest limit of the process's control group and those above it; empty if none has one. Java
   * 17 itself looks at the innermost group only.
   *
   * @param root of the file system
   */
  static OptionalLong controlGroupLimit(Path root) {
    return lines(root.resolve("proc/self/cgroup")).stream()
        .flatMapToLong(line -> groupLimit(root, line.split(":", 3)).stream())
        .min();
  }

  /** A line's fields: number, controllers (none: version 2), path. */
  private static OptionalLong groupLimit(Path root, String[] fields) {
    boolean second = fields.length == 3 && fields[1].isEmpty();
    if (!second && (fields.length < 3 || !List.of(fields[1].split(",")).contains("memory"))) {
      return OptionalLong.empty();
    }
    Path mount = root.resolve(second ? "sys/fs/cgroup" : "sys/fs/cgroup/memory");
    String file = second ? "memory.max" : "memory.limit_in_bytes";
    OptionalLong lowest = OptionalLong.empty();
    Path group = mount.resolve(fields[2].substring(1));
    while (group != null && group.startsWith(mount)) {
      // "max" is no limit; version 1 writes one near 2^63.
      for (String line : lines(group.resolve(file))) {
        if (line.matches("\\d{1,18}")) {
          lowest = OptionalLong.of(Math.min(lowest.orElse(Long.MAX_VALUE), Long.parseLong(line)));
        }
      }
      group = group.getParent();
    }
    return lowest;
  }

  /** A line such as {@code VmRSS: 1234 kB}. */
  private static OptionalLong status(String key) {
    return lines(ROOT.resolve("proc/self/status")).stream()
        .filter(line -> line.startsWith(key))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      return List.of(); // Another system, or one that does not let us look.
    }
  }
}
