package org.mtl4j.cli.command;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mtl4j.cli.Main;
import org.mtl4j.server.bench.BenchSetup;

/** What starts a server as the launcher does: this Java with this class path and its options. */
final class ServerCommandLine {
  private static final String COLLECTOR = "-XX:\\+Use\\w+GC";
  private static final String ARCHIVE = "-XX:(SharedArchiveFile|ArchiveClassesAtExit)=.*";

  private final List<String> java = new ArrayList<>();

  private ServerCommandLine(List<String> options) {
    java.add(ProcessHandle.current().info().command().orElse("java"));
    java.addAll(options);
    java.addAll(
        List.of(
            "-XX:+UseG1GC", "-cp", System.getProperty("java.class.path"), Main.class.getName()));
  }

  /** One like the server of this process's class path and options. */
  static ServerCommandLine likeThisProcess() {
    return new ServerCommandLine(options(COLLECTOR));
  }

  /** The same, which writes the classes that it has loaded into a file when it ends. */
  static ServerCommandLine archivingTo(Path file) {
    List<String> options = options(COLLECTOR + "|" + ARCHIVE);
    options.add("-XX:ArchiveClassesAtExit=" + file);
    // What cannot be archived is a line a class otherwise.
    options.add("-Xlog:cds*=off");
    return new ServerCommandLine(options);
  }

  private static List<String> options(String without) {
    return new ArrayList<>(
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(option -> !option.matches(without))
            .toList());
  }

  /** Of a folder of versions, on ports that are free, with more options of the server's. */
  List<String> serving(Path base, List<String> more) {
    List<String> command = new ArrayList<>(java);
    command.addAll(List.of("serve", "--model", base.toString(), "--name", BenchSetup.MODEL));
    command.addAll(List.of("--rest-port", "0", "--grpc-port", "0"));
    command.addAll(more);
    return command;
  }
}
