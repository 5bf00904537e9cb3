package org.mtl4j.core.head;

import java.util.List;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.Gradients;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Variables;
import org.mtl4j.core.model.LabelRule;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.RegressionLoss;
import org.mtl4j.core.task.TaskType;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/** A head over a few scores, its loss and gradient brought back as arrays. */
record HeadRun(OutputSpec spec, FloatType type) {
  /** Scores to what a model would put out. */
  interface Link {
    OutputTensor apply(GraphContext context, Operand<TFloating> scores);
  }

  /**
   * What a head makes of scores [n * width].
   *
   * @param losses [n]
   * @param slopes [n * width]: of the sum of losses by each score
   * @param predictions [n * width]
   */
  record Outcome(double[] losses, double[] slopes, double[] predictions) {}

  static HeadRun binary(FloatType type) {
    return new HeadRun(spec(new TaskType.Binary(List.of()), new LabelEncoding.Indicator()), type);
  }

  static HeadRun multiclass(FloatType type, String... classes) {
    return new HeadRun(
        spec(new TaskType.Multiclass(), new LabelEncoding.Classes(List.of(classes))), type);
  }

  static HeadRun multilabel(FloatType type, String... classes) {
    return new HeadRun(
        spec(
            new TaskType.Multilabel("|", 1, classes.length),
            new LabelEncoding.ClassSet(List.of(classes))),
        type);
  }

  static HeadRun regression(RegressionLoss loss, double mean, double deviation) {
    LabelEncoding scale = new LabelEncoding.Scale(mean, deviation);
    return new HeadRun(spec(new TaskType.Regression(loss), scale), FloatType.FLOAT64);
  }

  private static OutputSpec spec(TaskType type, LabelEncoding encoding) {
    return new OutputSpec("y", type, encoding, new LabelRule.OfTask("y"), "");
  }

  /** Scores that are logits. */
  Outcome ofLogits(double[] logits, double[] labels) {
    return run((context, x) -> new OutputTensor.Logit("y", x), logits, labels);
  }

  /** Scores that are log probabilities. */
  Outcome ofLogProbabilities(double[] logs, double[] labels) {
    return run((context, x) -> new OutputTensor.LogProbability("y", x), logs, labels);
  }

  /** Scores that become an output in some way. */
  Outcome run(Link link, double[] scores, double[] labels) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Variables variables = new Variables(graph, type);
      GraphContext context = GraphContext.inference(graph, variables, "test");
      Operand<TFloating> flat = context.toFloating(context.tf().constant(scores));
      Operand<TFloating> x = spec.width() == 1 ? flat : matrix(context, flat);
      OutputTensor output = link.apply(context, x);
      Operand<TFloating> given = context.toFloating(context.tf().constant(labels));
      boolean sets = spec.encoding() instanceof LabelEncoding.ClassSet;
      Operand<TFloating> y = sets ? matrix(context, given) : given;
      TaskHead head = TaskHead.of(spec);
      Operand<TFloating> losses = head.loss(context, output, y);
      Operand<TFloating> sum = context.tf().sum(losses, context.tf().constant(0));
      Operand<TFloating> slopes = Gradients.of(graph, sum, List.of(flat)).get(0).orElseThrow();
      Operand<TFloating> prediction = head.prediction(context, output);
      try (Result result = session.runner().fetch(losses).fetch(slopes).fetch(prediction).run()) {
        return new Outcome(doubles(result.get(0)), doubles(result.get(1)), doubles(result.get(2)));
      }
    }
  }

  private Operand<TFloating> matrix(GraphContext context, Operand<TFloating> flat) {
    return context.tf().reshape(flat, context.tf().constant(new int[] {-1, spec.width()}));
  }

  private static double[] doubles(Tensor tensor) {
    double[] values = new double[Math.toIntExact(tensor.shape().size())];
    if (tensor instanceof TFloat32) {
      float[] narrow = new float[values.length];
      tensor.asRawTensor().data().asFloats().read(narrow);
      for (int i = 0; i < values.length; i++) {
        values[i] = narrow[i];
      }
    } else {
      tensor.asRawTensor().data().asDoubles().read(values);
    }
    return values;
  }
}
