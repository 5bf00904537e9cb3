package org.mtl4j.serving.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.feature.RawFeeds;
import org.mtl4j.core.graph.Gradients;
import org.mtl4j.core.graph.TensorNames;
import org.mtl4j.core.manifest.Explanation;
import org.mtl4j.core.manifest.ModelManifest;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * An export's graph on the way from 0 to a row, with gradients of scores by what its model sees.
 * Ids and weights of lists are those of the row at each point.
 */
final class ExplainedGraph implements AutoCloseable {
  private static final String RAW = "serving_default";
  private static final String ENCODED = "serving_encoded";
  static final String IDS = "ids";
  static final String DENSE = "dense";

  /** Of one run of the graph: what it takes grows with points times the places of a list. */
  private static final int MOST_POINTS = 256;

  private static final int MOST_PLACES = 16_384;

  private final ModelManifest manifest;
  private final SavedModelBundle bundle;
  private final Map<String, Operand<TFloating>> inputs = new LinkedHashMap<>();
  private final Map<Attribution.Target, Score> scores = new HashMap<>();

  private ExplainedGraph(ModelManifest manifest, SavedModelBundle bundle) {
    this.manifest = manifest;
    this.bundle = bundle;
    for (Explanation.Input input : manifest.explanation().inputs()) {
      inputs.computeIfAbsent(input.tensor(), this::tensor);
    }
  }

  /** Loads an export that says where explanations begin. */
  static ExplainedGraph load(Path folder, ModelManifest manifest) {
    return new ExplainedGraph(manifest, Bundles.loadAsWritten(folder));
  }

  /**
   * A score with its gradients.
   *
   * @param target whose
   * @param score [B]
   * @param prediction [B]
   * @param gradients by the names of tensors, of those that it depends on
   */
  record Score(
      Attribution.Target target,
      Operand<TFloating> score,
      Operand<TFloating> prediction,
      Map<String, Operand<TFloating>> gradients) {}

  /** A score, whose operations are made when it is first asked for, by one thread at a time. */
  synchronized Score score(Attribution.Target target) {
    return scores.computeIfAbsent(target, this::differentiate);
  }

  private Score differentiate(Attribution.Target target) {
    String name = manifest.explanation().scores().get(target.output());
    if (name == null) {
      throw new IllegalArgumentException(
          "expected one of the outputs %s, found \"%s\""
              .formatted(manifest.explanation().scores().keySet(), target.output()));
    }
    Ops tf = Ops.create(bundle.graph()).withSubScope("explained_" + scores.size());
    Operand<TFloating> score = column(tf, tensor(name), target);
    List<Optional<Operand<TFloating>>> found =
        Gradients.of(bundle.graph(), tf.sum(score, tf.constant(0)), List.copyOf(inputs.values()));
    Map<String, Operand<TFloating>> gradients = new LinkedHashMap<>();
    int next = 0;
    for (String input : inputs.keySet()) {
      found.get(next++).ifPresent(gradient -> gradients.put(input, gradient));
    }
    Operand<TFloating> prediction = tensor(signature(RAW, false).get(target.output()));
    return new Score(target, score, column(tf, prediction, target), gradients);
  }

  private static Operand<TFloating> column(
      Ops tf, Operand<TFloating> scores, Attribution.Target target) {
    Shape shape = scores.asOutput().shape();
    long columns = shape.numDimensions() == 1 ? 1 : shape.get(1);
    if (target.column() < 0 || target.column() >= columns) {
      throw new IllegalArgumentException(
          "%s: expected a column of 0 to %d, found %d"
              .formatted(target.output(), columns - 1, target.column()));
    }
    if (shape.numDimensions() == 1) {
      return scores;
    }
    Operand<TFloating> column =
        tf.slice(
            scores, tf.constant(new int[] {0, target.column()}), tf.constant(new int[] {-1, 1}));
    return tf.reshape(column, tf.constant(new int[] {-1}));
  }

  @SuppressWarnings("unchecked") // an export's numbers are float32
  private Operand<TFloating> tensor(String name) {
    int colon = name.lastIndexOf(':');
    return (Operand<TFloating>)
        (Operand<?>)
            bundle
                .graph()
                .operation(name.substring(0, colon))
                .output(Integer.parseInt(name.substring(colon + 1)));
  }

  /** The names of a signature's tensors. */
  private Map<String, String> signature(String name, boolean inputs) {
    var signature = bundle.metaGraphDef().getSignatureDefOrThrow(name);
    Map<String, TensorInfo> tensors = inputs ? signature.getInputsMap() : signature.getOutputsMap();
    Map<String, String> names = new LinkedHashMap<>();
    tensors.forEach((key, tensor) -> names.put(key, tensor.getName()));
    return names;
  }

  /** What the model sees of a row. */
  SeenRow row(RawBatch raw) {
    Map<String, String> encoded = signature(ENCODED, true);
    // The numbers are both, where there is nothing else beside them.
    Set<String> names = new LinkedHashSet<>(inputs.keySet());
    names.addAll(encoded.values());
    return run(
        raw,
        names,
        found -> {
          Map<String, SeenRow.Values> values = new LinkedHashMap<>();
          inputs.keySet().forEach(input -> values.put(input, values((TFloat32) found.get(input))));
          return new SeenRow(
              values,
              Optional.ofNullable(encoded.get(IDS)).map(found::get).map(ExplainedGraph::ids),
              Optional.ofNullable(encoded.get(DENSE))
                  .map(dense -> values((TFloat32) found.get(dense)).numbers()));
        });
  }

  /** What the model predicts for a row, by output. */
  Map<String, float[]> predictions(RawBatch raw) {
    Map<String, String> outputs = signature(RAW, false);
    return run(
        raw,
        new LinkedHashSet<>(outputs.values()),
        found -> {
          Map<String, float[]> predictions = new LinkedHashMap<>();
          outputs.forEach(
              (output, name) ->
                  predictions.put(output, values((TFloat32) found.get(name)).numbers()));
          return predictions;
        });
  }

  /** Runs the graph on raw values; what was fetched is closed behind {@code read}. */
  private <T> T run(RawBatch raw, Set<String> names, Function<Map<String, Tensor>, T> read) {
    Map<String, String> placeholders = signature(RAW, true);
    Session.Runner runner = bundle.session().runner();
    Map<String, Tensor> feeds =
        RawFeeds.of(manifest.inputs().stream().map(ModelManifest.Input::raw).toList(), raw);
    feeds.forEach((input, tensor) -> runner.feed(placeholders.get(input), tensor));
    names.forEach(runner::fetch);
    try (Result result = runner.run()) {
      Map<String, Tensor> found = new HashMap<>();
      for (String name : names) {
        found.put(name, result.get(found.size()));
      }
      return read.apply(found);
    } finally {
      feeds.values().forEach(Tensor::close);
    }
  }

  private static long[] ids(Tensor tensor) {
    long[] ids = new long[Math.toIntExact(tensor.size())];
    tensor.asRawTensor().data().asLongs().read(ids);
    return ids;
  }

  private static SeenRow.Values values(TFloat32 tensor) {
    float[] numbers = new float[Math.toIntExact(tensor.size())];
    tensor.asRawTensor().data().asFloats().read(numbers);
    return new SeenRow.Values(numbers, tensor.shape().tail());
  }

  /** The score and the prediction at the baseline and of the row. */
  List<Attribution.Point> ends(SeenRow row, Score score) {
    List<Attribution.Point> ends = new ArrayList<>();
    run(
        row,
        new double[] {0, 1},
        List.of(score.score(), score.prediction()),
        found -> {
          for (int end = 0; end < 2; end++) {
            ends.add(new Attribution.Point(found.get(0).getFloat(end), found.get(1).getFloat(end)));
          }
        });
    return ends;
  }

  /**
   * Per tensor the mean of its gradients at the middles of equal steps, of a row's shape; 0 where
   * the score does not depend on it.
   */
  Map<String, double[]> meanGradients(SeenRow row, Score score, int steps) {
    Map<String, double[]> means = new LinkedHashMap<>();
    row.values().forEach((input, values) -> means.put(input, new double[values.numbers().length]));
    if (score.gradients().isEmpty()) {
      return means;
    }
    int points = points(row);
    for (int from = 0; from < steps; from += points) {
      double[] shares = new double[Math.min(points, steps - from)];
      for (int i = 0; i < shares.length; i++) {
        shares[i] = (from + i + 0.5) / steps;
      }
      run(
          row,
          shares,
          score.gradients().values(),
          found -> {
            int next = 0;
            for (String input : score.gradients().keySet()) {
              add(found.get(next++), means.get(input));
            }
          });
    }
    means.values().forEach(mean -> divide(mean, steps));
    return means;
  }

  /** How many points are run at once: fewer of a row with long lists, at least one. */
  static int points(SeenRow row) {
    long places = Math.max(1, row.longestList());
    return (int) Math.max(1, Math.min(MOST_POINTS, MOST_PLACES / places));
  }

  private static void add(TFloat32 gradients, double[] sums) {
    float[] all = new float[Math.toIntExact(gradients.size())];
    gradients.asRawTensor().data().asFloats().read(all);
    for (int i = 0; i < all.length; i++) {
      sums[i % sums.length] += all[i];
    }
  }

  private static void divide(double[] sums, int n) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= n;
    }
  }

  /** What takes the numbers of a run, which are closed behind it, in the order of the fetches. */
  private interface Numbers {
    void take(List<TFloat32> numbers);
  }

  /** Runs the model at points between the baseline, 0, and the row, 1. */
  private void run(
      SeenRow row, double[] shares, Collection<Operand<TFloating>> fetches, Numbers numbers) {
    // A result has each tensor once, and two of them may be one.
    List<String> wanted = fetches.stream().map(TensorNames::of).toList();
    List<String> names = wanted.stream().distinct().toList();
    Map<String, Tensor> feeds = row.points(shares, signature(ENCODED, true));
    try {
      Session.Runner runner = bundle.session().runner();
      feeds.forEach(runner::feed);
      names.forEach(runner::fetch);
      try (Result result = runner.run()) {
        numbers.take(
            wanted.stream().map(name -> (TFloat32) result.get(names.indexOf(name))).toList());
      }
    } finally {
      feeds.values().forEach(Tensor::close);
    }
  }

  @Override
  public void close() {
    bundle.close();
  }
}
