package org.mtl4j.cli.console;

import java.util.Optional;

/**
 * What Ctrl-C (SIGINT) and SIGTERM do to a run. While it is armed, the first is a request: {@link
 * #requested} becomes true, and whoever works sees it, saves and ends. The next one, and any while
 * it is not armed, ends the process at once: nothing that has its name is half written, and what
 * was trained up to the last checkpoint is saved. Either way the exit code is 130.
 */
public final class Interruption {
  private final Console console;
  private Optional<Signals> signals = Optional.empty();
  private boolean armed;
  private volatile boolean requested;

  /** Does nothing before {@link #begin}. */
  public Interruption(Console console) {
    this.console = console;
  }

  /** From now on signals come here. */
  public synchronized void begin() {
    if (signals.isEmpty()) {
      signals = Optional.of(Signals.onTermination(this::onSignal));
    }
  }

  /** From now on the first signal is a request. */
  public synchronized void arm() {
    armed = true;
  }

  /** From now on signals end the process. A request that was made already stands. */
  public synchronized void disarm() {
    armed = false;
  }

  /** From now on signals do what they did before. */
  public synchronized void end() {
    disarm();
    signals.ifPresent(Signals::close);
    signals = Optional.empty();
  }

  /** Whether a signal has come. */
  public boolean requested() {
    return requested;
  }

  private synchronized void onSignal() {
    console.note("");
    if (armed && !requested) {
      requested = true;
      console.note(
          "Interrupted: the step is finished and a checkpoint saved; a moment, please."
              + " Once more stops at once.");
      return;
    }
    console.note("Stopped. What was saved before is whole: --resume goes on from there.");
    Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
  }
}
