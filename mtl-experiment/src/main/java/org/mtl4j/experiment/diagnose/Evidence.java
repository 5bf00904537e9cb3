package org.mtl4j.experiment.diagnose;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mtl4j.eval.interval.Interval;
import org.mtl4j.experiment.compare.Comparison;

/**
 * All that was seen of a run, as values: what findings are made of.
 *
 * @param tasks the tasks in order
 * @param figures each task's figures, of the models of one task each (the baseline) and of the run
 * @param gradients how the tasks' gradients went together while the run's training was repeated
 * @param inside what the run's gates and experts do
 */
record Evidence(
    List<TaskEvidence> tasks,
    List<Comparison.Figure> figures,
    GradientTrace gradients,
    Inside inside) {
  Evidence {
    tasks = List.copyOf(tasks);
    figures = List.copyOf(figures);
  }

  /**
   * What was seen inside the run's best state.
   *
   * @param gates what the gates do; empty for a model without gates
   * @param experts how alike the experts are; empty for a model without experts
   * @param sliced what the gates do slice by slice; empty where no slices are asked for
   */
  record Inside(
      List<GateEvidence> gates, Optional<ExpertEvidence> experts, List<SlicedGate> sliced) {
    Inside {
      gates = List.copyOf(gates);
      sliced = List.copyOf(sliced);
    }
  }

  /** What the run's gates do; empty for a model without gates. */
  List<GateEvidence> gates() {
    return inside.gates();
  }

  /** How alike the experts are; empty for a model without experts. */
  Optional<ExpertEvidence> experts() {
    return inside.experts();
  }

  /**
   * What was seen of one task.
   *
   * @param name the task
   * @param lossWeight what its loss counts; empty where a balancing method changes that
   * @param together its epochs in the run
   * @param alone its epochs in the model of this task alone; empty where that minimises another
   *     loss, as it does of a funnel's later stages
   * @param calibration how its predicted probabilities stand to its labels; empty where that is not
   *     known
   */
  record TaskEvidence(
      String name,
      OptionalDouble lossWeight,
      TaskCurve together,
      Optional<TaskCurve> alone,
      Optional<MeanRatio> calibration) {}

  /**
   * The epochs of one training, as one task sees them.
   *
   * @param training mean training loss by epoch
   * @param metric the validation figure that is followed, the less the better; empty: none is
   * @param validation that figure by epoch; NaN where it is not defined
   * @param kept the epoch whose state is the best by the experiment's rule, from 1
   */
  record TaskCurve(
      List<Double> training, Optional<String> metric, List<Double> validation, int kept) {
    TaskCurve {
      training = List.copyOf(training);
      validation = List.copyOf(validation);
    }

    /** The training loss of the last epoch. */
    double last() {
      return training.get(training.size() - 1);
    }
  }

  /**
   * Predicted over observed positives.
   *
   * @param value the ratio
   * @param interval its 95 % interval
   */
  record MeanRatio(double value, Interval interval) {}

  /** The entry of the run in a figure. */
  static Comparison.Entry together(Comparison.Figure figure) {
    return figure.entries().get(1);
  }

  /** The figure by which a task is judged first; empty where none is defined. */
  Optional<Comparison.Figure> headline(String task) {
    List<Comparison.Figure> own =
        figures.stream()
            .filter(figure -> figure.output().equals(task))
            .filter(figure -> figure.entries().stream().allMatch(e -> e.value().isPresent()))
            .toList();
    return Headlines.KEYS.stream()
        .flatMap(key -> own.stream().filter(figure -> figure.metric().equals(key)))
        .findFirst()
        .or(() -> own.stream().findFirst());
  }

  /** Whether the run was shown to be worse in a task than the model of that task alone. */
  boolean lost(String task) {
    return headline(task)
        .map(figure -> together(figure).verdict() == Comparison.Verdict.WORSE)
        .orElse(false);
  }

  /** A figure's value, for arithmetic. */
  static double value(OptionalDouble value) {
    return value.orElse(Double.NaN);
  }
}
