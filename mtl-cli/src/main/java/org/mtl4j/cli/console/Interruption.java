package org.mtl4j.cli.console;

import java.util.concurrent.CountDownLatch;

/**
 * Turns Ctrl-C (SIGINT) and SIGTERM into a request. While it is armed, a signal does not end the
 * process: {@link #requested} becomes true, whoever works sees it, saves and comes back to {@link
 * #exit}. Not armed, a signal ends the process at once, as usual.
 */
public final class Interruption {
  private final Console console;
  private final CountDownLatch atExit = new CountDownLatch(1);
  private final Thread hook = new Thread(this::onShutdown, "mtl-interruption");
  private volatile boolean requested;
  private volatile int exitCode = ExitCode.INTERRUPTED;
  private boolean armed;

  /** Not armed yet. */
  public Interruption(Console console) {
    this.console = console;
  }

  /** From now on signals are requests. */
  public synchronized void arm() {
    if (!armed) {
      Runtime.getRuntime().addShutdownHook(hook);
      armed = true;
    }
  }

  /** From now on signals end the process. A request that was made already stands. */
  public synchronized void disarm() {
    if (armed && !requested) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
        armed = false;
      } catch (IllegalStateException e) {
        // A signal came this moment: the process ends in exit(), with what was done until then.
        requested = true;
      }
    }
  }

  /** Whether a signal has come. */
  public boolean requested() {
    return requested;
  }

  /** Ends the process. */
  public void exit(int code) {
    exitCode = code;
    disarm();
    atExit.countDown();
    // Blocks for good once a signal has come; then the hook is what ends the process.
    System.exit(code);
  }

  private void onShutdown() {
    requested = true;
    console.note("");
    console.note("Interrupted: the step is finished and a checkpoint saved; a moment, please.");
    try {
      atExit.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(exitCode);
  }
}
