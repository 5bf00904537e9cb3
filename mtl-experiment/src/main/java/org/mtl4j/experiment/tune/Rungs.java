package org.mtl4j.experiment.tune;

import java.util.ArrayList;
import java.util.List;

/**
 * The rungs of successive halving: of {@code n} trials all are trained to {@code min} epochs, the
 * best {@code n / factor} to {@code min * factor}, the best {@code n / factor^2} to {@code min *
 * factor^2} and so on, at least one each; the last rung ends at {@code max} epochs. Nine trials by
 * 3 from 1 epoch to 9: 9 to epoch 1, 3 to epoch 3, 1 to epoch 9.
 *
 * @param rungs from the first to the last
 */
public record Rungs(List<Rung> rungs) {
  /** Copies the list. */
  public Rungs {
    rungs = List.copyOf(rungs);
  }

  /**
   * One rung.
   *
   * @param trials how many climb it
   * @param epochs that they have then
   */
  public record Rung(int trials, int epochs) {}

  /**
   * The rungs of a method.
   *
   * @param trials in all
   * @param epochs of a whole training
   */
  static Rungs of(SearchMethod method, int trials, int epochs) {
    List<Rung> rungs = new ArrayList<>();
    if (method instanceof SearchMethod.Halving halving) {
      long until = halving.minEpochs();
      long left = trials;
      while (until < epochs) {
        rungs.add(new Rung((int) Math.max(1, left), (int) until));
        until *= halving.factor();
        left /= halving.factor();
      }
      rungs.add(new Rung((int) Math.max(1, left), epochs));
    } else {
      rungs.add(new Rung(trials, epochs));
    }
    return new Rungs(rungs);
  }

  /** Epochs trained in all if no trial fails or stops early. */
  public int epochs() {
    int sum = 0;
    int before = 0;
    for (Rung rung : rungs) {
      sum += rung.trials() * (rung.epochs() - before);
      before = rung.epochs();
    }
    return sum;
  }

  /** In words: {@code 9 trials to epoch 1, 3 to epoch 3, 1 to epoch 9}. */
  public String words() {
    StringBuilder words = new StringBuilder();
    for (Rung rung : rungs) {
      words
          .append(words.isEmpty() ? "" : ", ")
          .append(rung.trials())
          .append(words.indexOf("trial") >= 0 ? "" : rung.trials() == 1 ? " trial" : " trials")
          .append(" to epoch ")
          .append(rung.epochs());
    }
    return words.toString();
  }
}
