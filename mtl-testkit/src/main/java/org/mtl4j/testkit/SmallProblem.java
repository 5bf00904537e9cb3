package org.mtl4j.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.mtl4j.core.balancing.LossBalancing;
import org.mtl4j.core.balancing.StaticWeights;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.batch.ListColumns;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.IdColumn;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.MatrixProducts;
import org.mtl4j.core.model.Model;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputLabels;
import org.mtl4j.core.optimizer.Adagrad;
import org.mtl4j.core.optimizer.Adam;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.task.Expression;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.RegressionLoss;
import org.mtl4j.core.task.SampleSpace;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.core.training.TrainerSpec;

/**
 * A multi-task problem small enough for every test: a funnel of binary tasks, {@code genre} of
 * three classes and a {@code rating}, on demand sets of {@code moods}, over a handful of users and
 * items. Tables have two widths, two features share one, an item has up to three tags, and the
 * labels follow from the features, so that a model can learn them.
 */
public final class SmallProblem {
  /** Number of classes of the task {@code genre}. */
  public static final int GENRES = 3;

  /** Number of classes of the task {@code moods}: more than a word of a record holds. */
  public static final int MOODS = 33;

  private static final double RATING_MEAN = 3;
  private static final double RATING_DEVIATION = 1.5;

  private final List<String> stages;
  private final FeaturePipeline pipeline;
  private final List<FittedTask> tasks;

  private SmallProblem(List<String> stages, FeaturePipeline pipeline, List<FittedTask> tasks) {
    this.stages = stages;
    this.pipeline = pipeline;
    this.tasks = List.copyOf(tasks);
  }

  /**
   * The problem with binary tasks of these names, each stage possible only after the one before.
   */
  public static SmallProblem withFunnel(String... stages) {
    FeaturePipeline pipeline = new FeaturePipeline(SmallFeatures.hashed());
    return new SmallProblem(List.of(stages), pipeline, fittedTasks(List.of(stages)));
  }

  /**
   * The same problem and one task more, {@code moods}: which of {@value #MOODS} classes a row has,
   * none to all.
   */
  public SmallProblem withMoods() {
    List<FittedTask> more = new ArrayList<>(tasks);
    more.add(
        new FittedTask(
            task("moods", new TaskType.Multilabel("|", 1, MOODS), 0.7),
            new LabelEncoding.ClassSet(
                IntStream.range(0, MOODS).mapToObj(c -> "mood" + c).toList())));
    return new SmallProblem(stages, pipeline, more);
  }

  /**
   * The same problem, and the same ids, where {@code hour} has a vocabulary: {@code hour1}, {@code
   * hour2} and {@code hour3}, behind what is missing and what is unknown.
   */
  public SmallProblem withLearntHours() {
    FeaturePipeline learnt = new FeaturePipeline(SmallFeatures.learntHours());
    return new SmallProblem(stages, learnt, tasks);
  }

  /** The same problem and a task more that has no label, with one row in five outside of it. */
  public SmallProblem with(String name, TaskType unsupervised) {
    List<FittedTask> more = new ArrayList<>(tasks);
    more.add(new FittedTask(task(name, unsupervised, 0.8), LabelEncoding.Columns.of(unsupervised)));
    return new SmallProblem(stages, pipeline, more);
  }

  /** The same problem with another loss weight of a task. */
  public SmallProblem withLossWeight(String name, double lossWeight) {
    return new SmallProblem(
        stages,
        pipeline,
        tasks.stream()
            .map(
                fitted ->
                    fitted.name().equals(name)
                        ? new FittedTask(
                            task(name, fitted.task().type(), lossWeight), fitted.encoding())
                        : fitted)
            .toList());
  }

  private static List<FittedTask> fittedTasks(List<String> stages) {
    List<FittedTask> tasks = new ArrayList<>();
    for (String stage : stages) {
      TaskType type = new TaskType.Binary(List.of());
      tasks.add(new FittedTask(task(stage, type, 1), new LabelEncoding.Indicator()));
    }
    tasks.add(
        new FittedTask(
            task("genre", new TaskType.Multiclass(), 0.5),
            new LabelEncoding.Classes(List.of("comedy", "drama", "thriller"))));
    tasks.add(
        new FittedTask(
            task("rating", new TaskType.Regression(new RegressionLoss.Huber()), 2),
            new LabelEncoding.Scale(RATING_MEAN, RATING_DEVIATION)));
    return tasks;
  }

  private static Task task(String name, TaskType type, double lossWeight) {
    return new Task(
        name, type, Expression.parse(name), SampleSpace.everywhere(), Optional.empty(), lossWeight);
  }

  /** The features: tables of width 2 and 4, three dense inputs. */
  public FeaturePipeline pipeline() {
    return pipeline;
  }

  /** The funnel's stages, then {@code genre} and {@code rating}. */
  public List<FittedTask> tasks() {
    return tasks;
  }

  /** A model over it with Adam and Adagrad in float32, on two threads. */
  public TrainerSpec trainer(MultiTaskModel model, long seed) {
    return trainer(model, updates(new StaticWeights()), seed);
  }

  /** The same with other updates. */
  public TrainerSpec trainer(MultiTaskModel model, TrainerSpec.Updates updates, long seed) {
    return new TrainerSpec(
        pipeline,
        tasks,
        model,
        updates,
        new TrainerSpec.Execution(new Seed(seed), FloatType.FLOAT32, 2, MatrixProducts.SEPARATE));
  }

  /** A balancing method with Adam and Adagrad. */
  public static TrainerSpec.Updates updates(LossBalancing balancing) {
    return new TrainerSpec.Updates(
        balancing, new Adam(0.01, 0.9, 0.999, 1e-7), new Adagrad(0.1, 0.1, 1e-7));
  }

  /**
   * n random rows with labels, masks and example weights for every output of the model. A stage has
   * a say on rows that reached it; one row in five lacks its rating.
   */
  public EncodedRows rows(int n, Model model, Random random) {
    List<int[]> ids = new ArrayList<>();
    for (IdColumn column : pipeline.idColumns()) {
      ids.add(random.ints(n, 0, column.table().rows()).toArray());
    }
    List<float[]> dense = new ArrayList<>();
    for (int c = 0; c < pipeline.denseWidth(); c++) {
      float[] column = new float[n];
      for (int r = 0; r < n; r++) {
        column[r] = (float) random.nextGaussian();
      }
      dense.add(column);
    }
    Map<String, LabelColumn> labels = labels(ids, dense, random);
    ids.addAll(tags(n, random));
    return new EncodedRows(
        n, ids, dense, OutputLabels.of(model.outputs(tasks), labels), Optional.empty());
  }

  /** Up to three tags a row, one row in four without any. */
  private static List<int[]> tags(int n, Random random) {
    int[][] columns = new int[SmallFeatures.MOST_TAGS][n];
    for (int r = 0; r < n; r++) {
      int count = random.nextInt(SmallFeatures.MOST_TAGS + 1);
      for (int i = 0; i < SmallFeatures.MOST_TAGS; i++) {
        columns[i][r] =
            i < count ? 1 + random.nextInt(SmallFeatures.TAGS - 1) : ListColumns.PADDING;
      }
    }
    return List.of(columns);
  }

  private Map<String, LabelColumn> labels(List<int[]> ids, List<float[]> dense, Random random) {
    int n = dense.get(0).length;
    Map<String, LabelColumn> columns = new LinkedHashMap<>();
    for (FittedTask task : tasks) {
      boolean sets = task.encoding() instanceof LabelEncoding.ClassSet;
      int classes = sets ? MOODS : 0;
      columns.put(
          task.name(),
          new LabelColumn(
              new float[n * Math.max(1, classes)], new boolean[n], weights(n, random), classes));
    }
    for (int r = 0; r < n; r++) {
      double taste = taste(ids, dense, r);
      boolean reached = true;
      for (FittedTask task : tasks) {
        if (task.task().type().isUnsupervised()) {
          columns.get(task.name()).mask()[r] = r % 5 != 2;
        }
      }
      for (int k = 0; k < stages.size(); k++) {
        columns.get(stages.get(k)).mask()[r] = reached;
        reached &= taste > -0.5 + 0.4 * k;
        columns.get(stages.get(k)).labels()[r] = reached ? 1 : 0;
      }
      columns.get("genre").mask()[r] = true;
      columns.get("genre").labels()[r] = genre(ids, dense, r);
      columns.get("rating").mask()[r] = random.nextInt(5) > 0;
      columns.get("rating").labels()[r] = (float) (RATING_MEAN + RATING_DEVIATION * taste);
      if (columns.containsKey("moods")) {
        mood(columns.get("moods"), taste, dense.get(1)[r], r);
      }
    }
    return columns;
  }

  /**
   * Classes by taste and by price, in turn, each from another level on; one row in five lacks them.
   */
  private static void mood(LabelColumn moods, double taste, double price, int row) {
    moods.mask()[row] = row % 5 != 4;
    for (int c = 0; c < MOODS; c++) {
      double level = 2.0 * c / MOODS - 1;
      moods.labels()[row * MOODS + c] = (c % 2 == 0 ? taste : price) > level ? 1 : 0;
    }
  }

  /** What the user makes of the item, around 0 with a deviation of about 1. */
  private static double taste(List<int[]> ids, List<float[]> dense, int row) {
    return 0.5 * Math.sin(ids.get(0)[row])
        + Math.cos(3.0 * ids.get(2)[row])
        + 0.5 * dense.get(0)[row]
        - 0.3 * dense.get(1)[row];
  }

  /** By price, a little moved by the item. */
  private static int genre(List<int[]> ids, List<float[]> dense, int row) {
    double level = dense.get(1)[row] + 0.3 * Math.sin(3.0 * ids.get(2)[row]);
    return level < -0.4 ? 0 : level < 0.4 ? 1 : 2;
  }

  private static float[] weights(int n, Random random) {
    float[] weights = new float[n];
    for (int r = 0; r < n; r++) {
      weights[r] = 0.5f + random.nextFloat();
    }
    return weights;
  }
}
