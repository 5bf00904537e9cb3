package org.mtl4j.server.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server in a process of its own, as {@code mtl serve} is one. Closing it stops it, at once if it
 * has not ended yet.
 */
public final class ServerProcess implements AutoCloseable {
  private static final Pattern LISTENS =
      Pattern.compile("REST on https?://[^:/]+:(\\d+)/.*gRPC on [^:]+:(\\d+);.*");
  private static final long PATIENCE_SECONDS = 120;
  private static final int LINES_KEPT = 20;

  private final Process process;
  private final Ports ports;
  private final double startSeconds;
  private final AtomicBoolean told = new AtomicBoolean();

  private record Ports(int rest, int grpc) {}

  private ServerProcess(Process process, Ports ports, double startSeconds) {
    this.process = process;
    this.ports = ports;
    this.startSeconds = startSeconds;
  }

  /**
   * Starts one and waits until it has loaded its models.
   *
   * @param command that prints where it listens to its standard error, as {@code mtl serve} does
   * @throws IllegalStateException with its last lines if it ends first, or takes two minutes
   * @throws UncheckedIOException if there is no such command
   * @throws InterruptedException if the thread is interrupted
   */
  public static ServerProcess start(List<String> command) throws InterruptedException {
    long start = System.nanoTime();
    Process process;
    try {
      process = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    } catch (IOException e) {
      throw new UncheckedIOException(String.join(" ", command), e);
    }
    CompletableFuture<Ports> listens = new CompletableFuture<>();
    Deque<String> last = new ArrayDeque<>();
    Thread reader = new Thread(() -> read(process, listens, last), "bench-server-output");
    reader.setDaemon(true);
    reader.start();
    try {
      Ports ports = listens.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return new ServerProcess(process, ports, (System.nanoTime() - start) / 1e9);
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      synchronized (last) {
        throw new IllegalStateException("the server did not start: " + String.join("\n", last), e);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /** To its end: a process whose output nobody reads stops when the pipe is full. */
  private static void read(Process process, CompletableFuture<Ports> listens, Deque<String> last) {
    try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (last) {
          last.addLast(line);
          if (last.size() > LINES_KEPT) {
            last.removeFirst();
          }
        }
        Matcher found = LISTENS.matcher(line);
        if (found.find()) {
          listens.complete(
              new Ports(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2))));
        }
      }
    } catch (IOException e) {
      // The process is gone, which its exit says.
    }
    listens.completeExceptionally(new IllegalStateException("it ended"));
  }

  /** REST's port. */
  public int restPort() {
    return ports.rest();
  }

  /** gRPC's port. */
  public int grpcPort() {
    return ports.grpc();
  }

  /** From the start of the process until its models were loaded and it listened, in seconds. */
  public double startSeconds() {
    return startSeconds;
  }

  /** Its memory that is resident now, in bytes; empty where the system does not say. */
  public OptionalLong residentBytes() {
    Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /** Asks it to end, as SIGTERM does; once, for a second one has a server leave its requests. */
  public void terminate() {
    if (told.compareAndSet(false, true)) {
      process.destroy();
    }
  }

  /**
   * Waits until it has ended.
   *
   * @return its exit code
   * @throws InterruptedException if the thread is interrupted
   */
  public int waitFor() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() {
    terminate();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
