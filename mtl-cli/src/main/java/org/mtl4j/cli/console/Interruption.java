package org.mtl4j.cli.console;

import java.util.Optional;

/**
 * What Ctrl-C (SIGINT) and SIGTERM do to a command that takes long. While it is armed, the first is
 * a request: {@link #requested} becomes true, and whoever works sees it, saves or clears away, and
 * ends. The next one, and any while it is not armed, ends the process at once: nothing that has its
 * name is half written, and what was trained up to the last checkpoint is saved. Either way the
 * exit code is 130.
 */
public final class Interruption {
  /** What is said to whoever interrupts a training. */
  private static final Words TRAINING =
      new Words(
          "the step is finished and a checkpoint saved",
          "What was saved before is whole: --resume goes on from there.");

  private final Console console;
  private Words words = TRAINING;
  private Optional<Signals> signals = Optional.empty();
  private boolean armed;
  private volatile boolean requested;

  /**
   * What is said to whoever interrupts.
   *
   * @param first what is still done after the first signal, as part of a sentence
   * @param second how things stand after the second, a sentence
   */
  public record Words(String first, String second) {}

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

  /** From now on signals come here, and the first is a request, of which these words are said. */
  public synchronized void begin(Words said) {
    words = said;
    begin();
    arm();
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
          "Interrupted: %s; a moment, please. Once more stops at once.".formatted(words.first()));
      return;
    }
    console.note("Stopped. " + words.second());
    Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
  }
}
