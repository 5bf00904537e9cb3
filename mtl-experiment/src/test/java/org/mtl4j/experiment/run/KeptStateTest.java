package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.feature.FittedList;
import org.mtl4j.core.feature.FittedNumeric;
import org.mtl4j.core.feature.FittedPretrained;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.schema.ListRule;
import org.mtl4j.core.schema.NumericFeature;
import org.mtl4j.core.schema.NumericTransform;
import org.mtl4j.core.schema.PretrainedFeature;
import org.mtl4j.core.schema.PretrainedVectors;
import org.mtl4j.core.schema.SequenceEncoder;
import org.mtl4j.core.schema.SequenceFeature;
import org.mtl4j.core.schema.Vocabulary;
import org.mtl4j.core.task.Expression;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.RegressionLoss;
import org.mtl4j.core.task.SampleSpace;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.data.codec.Codec;
import org.mtl4j.data.codec.ValueInput;
import org.mtl4j.data.codec.ValueOutput;
import org.mtl4j.experiment.lint.Finding;
import org.mtl4j.experiment.lint.LintReport;
import org.mtl4j.experiment.lint.Severity;
import org.mtl4j.testkit.Utf8Texts;

class KeptStateTest {
  /** The classes at the bottom of a sealed type. */
  private static List<Class<?>> kinds(Class<?> type) {
    if (!type.isSealed()) {
      return List.of(type);
    }
    List<Class<?>> kinds = new ArrayList<>();
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      kinds.addAll(kinds(permitted));
    }
    return kinds;
  }

  /** Whoever adds a kind that the cache cannot keep finds out here, and at the first run. */
  @Test
  void everyKindOfFeatureTaskAndEncodingCanBeKept() {
    for (Class<?> sealed :
        List.of(FittedFeature.class, FeatureSpec.class, TaskType.class, LabelEncoding.class)) {
      assertThat(kinds(sealed)).hasSizeGreaterThan(2);
      for (Class<?> kind : kinds(sealed)) {
        assertThat(KeptState.codecs().of(kind)).as(kind.getName()).isNotNull();
      }
    }
    assertThat(KeptState.codec()).isNotNull();
  }

  private static CategoricalFeature categorical(String name) {
    return new CategoricalFeature(
        name, name, Optional.of(FeatureGroup.USER), "table", 4, new CategoricalFeature.Learnt(2));
  }

  private static Task task(String name, TaskType type) {
    return new Task(
        name,
        type,
        Expression.parse("x == 'it''s'"),
        new SampleSpace(Optional.of(Expression.parse("y > 1"))),
        Optional.of(Expression.parse("1 + y")),
        2.5);
  }

  private static KeptState state(RawBatch replay) {
    Vocabulary shared = new Vocabulary(List.of("a", "é", "a\nb"));
    FittedCategorical user =
        new FittedCategorical(categorical("user"), Optional.of(shared), Set.of("?", "-"));
    SequenceFeature past =
        new SequenceFeature(
            categorical("past"),
            new ListRule(" ", 5, ListRule.Keep.LAST),
            new SequenceEncoder.TargetAttention("user", 3));
    NumericFeature price =
        new NumericFeature("price", "p", Optional.empty(), NumericTransform.LOG1P, true);
    List<FittedFeature> features =
        List.of(
            user,
            new FittedCategorical(
                new CategoricalFeature(
                    "h", "h", Optional.empty(), "h", 2, new CategoricalFeature.Hashed(9)),
                Optional.empty()),
            new FittedList(past, new FittedCategorical(past.value(), Optional.of(shared)), 3),
            new FittedNumeric(price, 1.5f, -0f, Float.MIN_VALUE),
            FittedPretrained.of(
                new PretrainedFeature("image", "user", Optional.empty(), "images.txt", true),
                shared,
                new PretrainedVectors(
                    List.of(new float[] {1, -0f}, new float[] {2, 3}, new float[] {4, 1e-30f})),
                Set.of("-")));
    return new KeptState(
        new KeptState.Inputs(features, Map.of("price", "2.5")),
        List.of(
            new FittedTask(
                task("click", new TaskType.Binary(List.of("yes"))), new LabelEncoding.Indicator()),
            new FittedTask(
                task("mood", new TaskType.Multiclass()),
                new LabelEncoding.Classes(List.of("glad", "sad"))),
            new FittedTask(
                task("genres", new TaskType.Multilabel("|", 2, 30)),
                new LabelEncoding.ClassSet(List.of("Drama", "War"))),
            new FittedTask(
                task("dwell", new TaskType.Regression(new RegressionLoss.Huber())),
                new LabelEncoding.Scale(1 / 3.0, 7))),
        KeptState.Replay.of(replay),
        new LearntData.Notes(
            List.of("odd"),
            new LintReport(
                List.of(
                    new Finding("drift", Severity.WARNING, "features.x", "It moved.", "Look."))),
            new UserIds.Seen(List.of("user"), "bytes")));
  }

  private static RawBatch rows() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int r = 0; r < 3; r++) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("user", r == 1 ? null : "é");
      row.put("h", "h" + r);
      row.put("past", "a é a b");
      row.put("p", r == 2 ? null : r + 0.1);
      rows.add(row);
    }
    try (var cursor = BatchSource.of(rows).open()) {
      return cursor.next(10).orElseThrow();
    }
  }

  @Test
  void whatWasLearntComesBackEqualAndEncodesAlike() throws IOException {
    RawBatch rows = rows();
    KeptState state = state(rows);
    Codec<KeptState> codec = KeptState.codec();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    codec.write(state, new ValueOutput(bytes));
    KeptState back = codec.read(new ValueInput(new ByteArrayInputStream(bytes.toByteArray())));
    assertThat(back.inputs()).isEqualTo(state.inputs());
    assertThat(back.tasks()).isEqualTo(state.tasks());
    assertThat(back.notes()).isEqualTo(state.notes());
    FittedCategorical user = (FittedCategorical) back.inputs().features().get(0);
    FittedList past = (FittedList) back.inputs().features().get(2);
    assertThat(user.vocabulary().orElseThrow()).isSameAs(past.values().vocabulary().orElseThrow());

    RawBatch replay = back.learnt().replay();
    assertThat(replay.columns().all()).isEqualTo(rows.columns().all());
    assertThat(replay.rowCount()).isEqualTo(3);
    for (int c = 0; c < rows.columns().size(); c++) {
      assertThat(replay.values(c)).isEqualTo(rows.values(c));
    }
    assertThat(replay.place(2)).isEqualTo(rows.place(2));
    assertThat(back.learnt().pipeline().encode(replay))
        .usingRecursiveComparison()
        .isEqualTo(new FeaturePipeline(state.inputs().features()).encode(rows));
    assertThat(KeptState.Replay.of(Utf8Texts.of(rows)).values().subList(0, 3))
        .isEqualTo(KeptState.Replay.of(rows).values().subList(0, 3));
  }
}
