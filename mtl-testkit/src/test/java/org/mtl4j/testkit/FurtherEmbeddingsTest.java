package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.feature.Embeddings;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.feature.FittedList;
import org.mtl4j.core.feature.FittedNumeric;
import org.mtl4j.core.feature.FittedPretrained;
import org.mtl4j.core.graph.WideOps;
import org.mtl4j.core.head.TaskHead;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.ListRule;
import org.mtl4j.core.schema.MultiCategoricalFeature;
import org.mtl4j.core.schema.NumericFeature;
import org.mtl4j.core.schema.NumericTransform;
import org.mtl4j.core.schema.Pooling;
import org.mtl4j.core.schema.PretrainedFeature;
import org.mtl4j.core.schema.PretrainedVectors;
import org.mtl4j.core.schema.SequenceEncoder;
import org.mtl4j.core.schema.SequenceFeature;
import org.mtl4j.core.schema.Vocabulary;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.training.StateTransfer;
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.core.training.TransferReport;

/** A model that has an embedding of each feature for each of its tasks, over every kind of them. */
class FurtherEmbeddingsTest {
  private static final int ROWS = 40;
  private static final int DIM = 4;
  private static final int LENGTH = 2;
  private static final List<FittedTask> TASKS =
      SmallProblem.withFunnel("click", "cart").tasks().subList(0, 2);
  private static final List<String> IDS = List.of("a", "b", "c");

  @TempDir Path folder;

  private final Random random = TestSeed.random();

  /** A linear head a task over the features by its own embeddings, and over the first ones. */
  private record OwnEmbeddings(boolean first) implements MultiTaskModel {
    @Override
    public Embeddings embeddings(List<FittedTask> tasks) {
      return new Embeddings(tasks.stream().map(FittedTask::name).toList());
    }

    @Override
    public ModelOutputs build(ModelInputs inputs, ModelContext context) {
      List<OutputTensor> logits = new ArrayList<>();
      for (FittedTask task : context.tasks()) {
        var own = inputs.features().embedding(task.name()).all();
        var all =
            first
                ? WideOps.concat(context.graph().tf(), List.of(own, inputs.features().all()), 1)
                : own;
        logits.add(TaskHead.logit(context.graph(), task, all));
      }
      return ModelOutputs.of(logits, Set.of());
    }
  }

  private static CategoricalFeature categorical(String name, String table, int ids) {
    return new CategoricalFeature(
        name, name, Optional.empty(), table, DIM, new CategoricalFeature.Hashed(ids - 1));
  }

  private static FittedFeature sequence(String name, SequenceEncoder encoder) {
    CategoricalFeature value = categorical(name, "item", 7);
    return new FittedList(
        new SequenceFeature(value, new ListRule(" ", LENGTH, ListRule.Keep.LAST), encoder),
        new FittedCategorical(value, Optional.empty()),
        LENGTH);
  }

  private static FittedFeature pretrained(String name, boolean trainable) {
    List<float[]> vectors =
        List.of(new float[] {1, 2, 3, 4}, new float[] {5, 6, 7, 8}, new float[] {-1, -2, -3, -4});
    return FittedPretrained.of(
        new PretrainedFeature(name, name, Optional.empty(), name + ".txt", trainable),
        new Vocabulary(IDS),
        new PretrainedVectors(vectors),
        Set.of());
  }

  private static FeaturePipeline pipeline() {
    CategoricalFeature tag = categorical("tags", "tag", 5);
    return new FeaturePipeline(
        List.of(
            new FittedCategorical(categorical("user", "user", 6), Optional.empty()),
            new FittedCategorical(categorical("item", "item", 7), Optional.empty()),
            new FittedNumeric(
                new NumericFeature("age", "age", Optional.empty(), NumericTransform.NONE, false),
                0,
                0,
                1),
            new FittedList(
                new MultiCategoricalFeature(
                    tag, new ListRule("|", 3, ListRule.Keep.FIRST), Pooling.MEAN),
                new FittedCategorical(tag, Optional.empty()),
                3),
            sequence("past", new SequenceEncoder.Gru(3)),
            sequence("history", new SequenceEncoder.TargetAttention("item", 3)),
            pretrained("tuned", true),
            pretrained("still", false)));
  }

  private static TrainerSpec spec(
      FeaturePipeline pipeline, List<FittedTask> tasks, MultiTaskModel model) {
    TrainerSpec small = SmallProblem.withFunnel("click").trainer(model, 3);
    return new TrainerSpec(pipeline, tasks, model, small.updates(), small.execution());
  }

  private List<Map<String, Object>> raw() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int r = 0; r < ROWS; r++) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("user", "u" + random.nextInt(20));
      row.put("item", "i" + random.nextInt(20));
      row.put("age", random.nextGaussian());
      row.put("tags", text("|", "t"));
      row.put("past", text(" ", "i"));
      row.put("history", text(" ", "i"));
      row.put("tuned", IDS.get(random.nextInt(IDS.size())));
      row.put("still", IDS.get(random.nextInt(IDS.size())));
      rows.add(row);
    }
    return rows;
  }

  private String text(String separator, String prefix) {
    return String.join(
        separator,
        random.ints(random.nextInt(5), 0, 20).mapToObj(i -> prefix + i).toArray(String[]::new));
  }

  /** Steps in which the first task alone has labels. */
  private void train(TrainingSession session, List<Map<String, Object>> raw) {
    EncodedRows rows = SmallExport.encode(session.spec().pipeline(), SmallExport.batch(raw));
    Map<String, LabelColumn> labels = new LinkedHashMap<>();
    for (FittedTask task : TASKS) {
      float[] values = new float[ROWS];
      float[] weights = new float[ROWS];
      boolean[] mask = new boolean[ROWS];
      Arrays.fill(weights, 1);
      Arrays.fill(mask, task.equals(TASKS.get(0)));
      for (int r = 0; r < ROWS; r++) {
        values[r] = r % 2;
      }
      labels.put(task.name(), new LabelColumn(values, mask, weights, 0));
    }
    EncodedRows all = new EncodedRows(ROWS, rows.ids(), rows.dense(), labels, Optional.empty());
    Batch batch = new Batch(session.batchLayout(ROWS));
    batch.fill(all, IntStream.range(0, ROWS).toArray(), 0, ROWS);
    for (int step = 1; step <= 3; step++) {
      session.step(batch, step);
    }
  }

  /** One embedding of all rows of a table. */
  private static double[] part(double[] table, int place) {
    int width = 3 * DIM;
    return IntStream.range(0, table.length)
        .filter(i -> i % width / DIM == place)
        .mapToDouble(i -> table[i])
        .toArray();
  }

  @Test
  void rowHoldsThemAllAndTheFirstStartsAsTheOnlyOneDoes() {
    try (TrainingSession several =
            new TrainingSession(spec(pipeline(), TASKS, new OwnEmbeddings(true)));
        TrainingSession one = new TrainingSession(spec(pipeline(), TASKS, new LinearModel()))) {
      Map<String, double[]> state = StateValues.of(several.state());
      Map<String, double[]> only = StateValues.of(one.state());
      for (String drawn : List.of("embedding/user", "embedding/item", "embedding/tag")) {
        assertThat(part(state.get(drawn), 0)).as(drawn).isEqualTo(only.get(drawn));
        assertThat(part(state.get(drawn), 1)).as(drawn).isNotEqualTo(part(state.get(drawn), 0));
        assertThat(part(state.get(drawn), 2)).as(drawn).isNotEqualTo(part(state.get(drawn), 1));
      }
      for (int place = 0; place < 3; place++) {
        assertThat(part(state.get("embedding/tuned"), place))
            .containsExactly(only.get("embedding/tuned"));
      }
      assertThat(state.get("embedding/still")).containsExactly(only.get("embedding/still"));
    }
  }

  @Test
  void eachIsMovedByNothingButWhatIsMadeOfIt() {
    try (TrainingSession session =
        new TrainingSession(spec(pipeline(), TASKS, new OwnEmbeddings(false)))) {
      Map<String, double[]> before = StateValues.of(session.state());
      train(session, raw());
      Map<String, double[]> after = StateValues.of(session.state());
      for (String table : List.of("user", "item", "tag", "tuned")) {
        String name = "embedding/" + table;
        for (int unmoved : new int[] {0, 2}) {
          assertThat(part(after.get(name), unmoved))
              .as("%s, place %d", name, unmoved)
              .containsExactly(part(before.get(name), unmoved));
        }
        assertThat(part(after.get(name), 1)).as(name).isNotEqualTo(part(before.get(name), 1));
      }
      for (String layer : List.of("past/%s/kernel", "history/%s/hidden/kernel")) {
        String own = layer.formatted("embedding_click");
        String other = layer.formatted("embedding_cart");
        assertThat(after.get(own)).as(own).isNotEqualTo(before.get(own));
        assertThat(after.get(other)).as(other).containsExactly(before.get(other));
      }
    }
  }

  /** The export would be refused if it gave other predictions than the session. */
  @Test
  void everyKindOfFeatureIsServedByAllOfThem() {
    try (TrainingSession session =
        new TrainingSession(spec(pipeline(), TASKS, new OwnEmbeddings(true)))) {
      List<Map<String, Object>> raw = raw();
      train(session, raw);
      SmallExport.write(session, SmallExport.batch(raw), folder.resolve("export"));
      assertThat(SmallExport.variables(folder.resolve("export")))
          .contains(
              "embedding/item",
              "past/kernel",
              "past/embedding_click/kernel",
              "past/embedding_cart/kernel",
              "history/embedding_cart/weight/kernel");
    }
  }

  private static TransferReport transfer(TrainingSession source, TrainingSession target)
      throws IOException {
    return target.transfer(
        source.state(),
        StateTransfer.between(
            new StateTransfer.Learnt(source.spec().pipeline(), source.spec().tasks()),
            new StateTransfer.Learnt(target.spec().pipeline(), target.spec().tasks()),
            StateTransfer.Extent.MODEL));
  }

  private static FeaturePipeline items(int dim) {
    CategoricalFeature item =
        new CategoricalFeature(
            "item", "item", Optional.empty(), "item", dim, new CategoricalFeature.Hashed(6));
    return new FeaturePipeline(List.of(new FittedCategorical(item, Optional.empty())));
  }

  @Test
  void rowsAreTakenOverForTheSameTasksInTheSameOrderAlone() throws IOException {
    List<FittedTask> turned = List.of(TASKS.get(1), TASKS.get(0));
    MultiTaskModel model = new OwnEmbeddings(true);
    try (TrainingSession source = new TrainingSession(spec(items(DIM), TASKS, model));
        TrainingSession same = new TrainingSession(spec(items(DIM), TASKS, model));
        TrainingSession other = new TrainingSession(spec(items(DIM), turned, model));
        TrainingSession wide = new TrainingSession(spec(items(3 * DIM), TASKS, new LinearModel()));
        TrainingSession narrow = new TrainingSession(spec(items(DIM), TASKS, new LinearModel()))) {
      assertThat(transfer(source, same).tables())
          .containsExactly(new TransferReport.Rows("embedding/item", 7, 7, 7));
      assertThat(transfer(source, other).fresh())
          .contains(
              new TransferReport.Left(
                  "embedding/item",
                  "its rows hold embeddings for other tasks, or in another order"));
      assertThat(transfer(wide, same).fresh())
          .contains(
              new TransferReport.Left(
                  "embedding/item", "its rows hold embeddings of another width"));
      assertThat(transfer(narrow, same).fresh())
          .contains(
              new TransferReport.Left(
                  "embedding/item",
                  "its shape is [7, 12] of FLOAT32, the source's [7, 4] of FLOAT32"));
      assertThat(transfer(narrow, narrow).tables()).hasSize(1);
    }
  }

  @Test
  void namesAreDifferentAndKnown() {
    assertThatThrownBy(() -> new Embeddings(List.of("a", "b", "a")))
        .hasMessage("embeddings: expected different names, found [a, b, a]");
    MultiTaskModel forgetful =
        (inputs, context) -> {
          inputs.features().embedding("click");
          return ModelOutputs.of(List.of(), Set.of());
        };
    assertThatThrownBy(() -> new TrainingSession(spec(items(DIM), TASKS, forgetful)).close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("there is no embedding \"click\"");
  }
}
