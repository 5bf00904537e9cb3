package org.mtl4j.core.head;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.model.Calibrator;
import org.mtl4j.core.model.LabelRule;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.task.LabelEncoding;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * A model's outputs as their calibrators have them. What goes through a funnel is a product of its
 * stages' probabilities, and stays it: it is divided by the probability of each stage that is
 * calibrated, and multiplied by the calibrated one. So it needs no calibrator of its own, which
 * would let it come above one of its stages.
 */
final class Calibration {
  private final GraphContext context;
  private final Map<String, Calibrator> calibrators;
  private final Map<String, Operand<TFloating>> changes = new HashMap<>();

  /**
   * The calibration of a model's outputs.
   *
   * @param calibrators by output; an output without one stays as it is
   */
  Calibration(GraphContext context, Map<String, Calibrator> calibrators) {
    this.context = context;
    this.calibrators = calibrators;
  }

  /**
   * All outputs, calibrated, in their order.
   *
   * @param specs the outputs
   * @param tensors what the model gave for them, in the same order
   */
  List<OutputTensor> of(List<OutputSpec> specs, List<OutputTensor> tensors) {
    List<OutputTensor> calibrated = new ArrayList<>(tensors);
    for (int i = 0; i < specs.size(); i++) {
      Calibrator calibrator = calibrators.get(specs.get(i).name());
      if (specs.get(i).label() instanceof LabelRule.OfTask of && calibrator != null) {
        calibrated.set(i, task(of.task(), calibrator, tensors.get(i)));
      }
    }
    for (int i = 0; i < specs.size(); i++) {
      if (specs.get(i).label() instanceof LabelRule.ThroughStages through) {
        calibrated.set(i, through(through, tensors.get(i)));
      }
    }
    return calibrated;
  }

  private OutputTensor task(String task, Calibrator calibrator, OutputTensor output) {
    Ops tf = context.tf();
    Operand<TFloating> score = score(context, output);
    OutputTensor.Logit logit =
        new OutputTensor.Logit(
            output.name(),
            calibrator instanceof Calibrator.Linear linear
                ? line(linear, score)
                : curve((Calibrator.Curve) calibrator, score));
    changes.put(task, tf.math.sub(logProbability(context, logit), logProbability(context, output)));
    return logit;
  }

  private Operand<TFloating> line(Calibrator.Linear linear, Operand<TFloating> score) {
    Ops tf = context.tf();
    return tf.math.add(
        tf.math.mul(score, constant(linear.slopes())), constant(linear.intercepts()));
  }

  /** One number as a scalar: it is of all classes. */
  private Operand<TFloating> constant(List<Double> values) {
    return values.size() == 1
        ? context.constant(values.get(0))
        : context.toFloating(context.tf().constant(numbers(values)));
  }

  /** In float64, as Java computes it: neighbours keep their order at each of the points. */
  private Operand<TFloating> curve(Calibrator.Curve curve, Operand<TFloating> score) {
    Ops tf = context.tf();
    Operand<TFloat64> x = tf.dtypes.cast(score, TFloat64.class);
    int[] segments = IntStream.rangeClosed(0, curve.scores().size()).toArray();
    double[] from = IntStream.of(segments).mapToDouble(s -> at(curve.scores(), curve, s)).toArray();
    double[] base = IntStream.of(segments).mapToDouble(s -> at(curve.logits(), curve, s)).toArray();
    double[] slope = IntStream.of(segments).mapToDouble(curve::slope).toArray();
    Operand<TInt32> segment =
        tf.reshape(
            tf.upperBound(
                tf.expandDims(tf.constant(numbers(curve.scores())), tf.constant(0)),
                tf.expandDims(x, tf.constant(0)),
                TInt32.class),
            tf.constant(new int[] {-1}));
    Operand<TFloat64> run = tf.math.sub(x, gather(from, segment));
    return context.toFloating(
        tf.math.add(gather(base, segment), tf.math.mul(run, gather(slope, segment))));
  }

  private static double at(List<Double> values, Calibrator.Curve curve, int segment) {
    return values.get(curve.anchor(segment));
  }

  private Operand<TFloat64> gather(double[] values, Operand<TInt32> indices) {
    Ops tf = context.tf();
    return tf.gather(tf.constant(values), indices, tf.constant(0));
  }

  private static double[] numbers(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private OutputTensor through(LabelRule.ThroughStages through, OutputTensor output) {
    Ops tf = context.tf();
    OutputTensor found = output;
    for (String stage : through.stages()) {
      if (changes.containsKey(stage)) {
        found =
            new OutputTensor.LogProbability(
                output.name(), tf.math.add(logProbability(context, found), changes.get(stage)));
      }
    }
    return found;
  }

  /**
   * What calibrators are fitted to and take, by output: log odds [B] or logits [B, classes], in
   * training as the training rows have them. Outputs that no task has are not there, nor are those
   * of regressions and of tasks without a label, which nothing calibrates.
   */
  static Map<String, Operand<TFloating>> scores(
      GraphContext context, List<OutputSpec> specs, List<OutputTensor> tensors) {
    Map<String, Operand<TFloating>> scores = new LinkedHashMap<>();
    for (int i = 0; i < specs.size(); i++) {
      LabelEncoding encoding = specs.get(i).encoding();
      boolean isNumber =
          encoding instanceof LabelEncoding.Scale || encoding instanceof LabelEncoding.Columns;
      if (specs.get(i).label() instanceof LabelRule.OfTask && !isNumber) {
        scores.put(specs.get(i).name(), score(context, tensors.get(i)));
      }
    }
    return scores;
  }

  /** Log odds of a log probability, otherwise the logit. */
  static Operand<TFloating> score(GraphContext context, OutputTensor output) {
    return output instanceof OutputTensor.Logit logit
        ? logit.tensor()
        : BinaryHead.logOdds(context, output.tensor());
  }

  /** log s(x) = -softplus(-x). */
  private static Operand<TFloating> logProbability(GraphContext context, OutputTensor output) {
    Ops tf = context.tf();
    return output instanceof OutputTensor.Logit
        ? tf.math.neg(tf.math.softplus(tf.math.neg(output.tensor())))
        : output.tensor();
  }
}
