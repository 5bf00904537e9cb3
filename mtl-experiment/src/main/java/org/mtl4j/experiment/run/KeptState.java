package org.mtl4j.experiment.run;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.schema.PretrainedVectors;
import org.mtl4j.core.schema.Vocabulary;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.Expression;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.data.codec.Codec;
import org.mtl4j.data.codec.Codecs;

/**
 * What was learnt from the training split, as it is kept beside the rows that were encoded by it.
 *
 * @param inputs the fitted features
 * @param tasks the fitted tasks in their order
 * @param replay the rows for the export's certificate
 * @param notes what was noted of the rows
 */
record KeptState(Inputs inputs, List<FittedTask> tasks, Replay replay, LearntData.Notes notes) {
  /** Copies the list. */
  KeptState {
    tasks = List.copyOf(tasks);
  }

  /**
   * What a pipeline is made of.
   *
   * @param features the fitted features in their order
   * @param served the values of those that are known in training only
   */
  record Inputs(List<FittedFeature> features, Map<String, String> served) {
    static Inputs of(FeaturePipeline pipeline) {
      // In an order of their own: equal runs have equal files.
      return new Inputs(pipeline.features(), new TreeMap<>(pipeline.served()));
    }

    FeaturePipeline pipeline() {
      return new FeaturePipeline(features, served);
    }
  }

  /**
   * Its codec. Every kind of feature, task and encoding is a record, or sealed into records, of
   * what codecs know; where one is not, this fails, and says how it comes about.
   *
   * @throws IllegalArgumentException if some part cannot be written
   */
  static Codec<KeptState> codec() {
    return codecs().of(KeptState.class);
  }

  /** Codecs that know those classes which are no records. */
  static Codecs codecs() {
    Codecs codecs = new Codecs();
    Codec<Strings> strings = codecs.of(Strings.class);
    return codecs
        .withShared(
            Vocabulary.class,
            strings.as(text -> new Vocabulary(text.all()), v -> new Strings(v.tokens())))
        .withShared(PretrainedVectors.class, new VectorsCodec(codecs))
        .with(Expression.class, codecs.of(String.class).as(Expression::parse, Expression::toString))
        .with(ZoneId.class, codecs.of(String.class).as(ZoneId::of, ZoneId::getId));
  }

  private record Strings(List<String> all) {}

  static KeptState of(LearntData learnt) {
    return new KeptState(
        Inputs.of(learnt.pipeline()), learnt.tasks(), Replay.of(learnt.replay()), learnt.notes());
  }

  LearntData learnt() {
    return new LearntData(inputs.pipeline(), tasks, replay.rows(), notes);
  }

  /**
   * Raw rows.
   *
   * @param columns their columns
   * @param firstRecord the source's index of the first one
   * @param values column by column
   * @param places where each row came from
   */
  record Replay(
      List<Columns.Column> columns, long firstRecord, List<Values> values, List<String> places) {
    static Replay of(RawBatch rows) {
      List<Values> values = new ArrayList<>();
      for (int c = 0; c < rows.columns().size(); c++) {
        boolean numbers = rows.values(c) instanceof double[];
        values.add(Values.of(numbers ? rows.values(c) : rows.texts(c), rows.rowCount()));
      }
      List<String> places = new ArrayList<>();
      for (int r = 0; r < rows.rowCount(); r++) {
        places.add(rows.place(r));
      }
      return new Replay(rows.columns().all(), rows.firstRecord(), values, places);
    }

    RawBatch rows() {
      return new RawBatch(
          new Columns(columns),
          places.size(),
          firstRecord,
          values.stream().map(Values::array).toList(),
          places::get);
    }
  }

  /** The values of a column. */
  sealed interface Values {
    static Values of(Object array, int rows) {
      if (array instanceof double[] numbers) {
        return new Numbers(Arrays.copyOf(numbers, rows));
      }
      List<Optional<String>> texts = new ArrayList<>();
      for (int r = 0; r < rows; r++) {
        texts.add(Optional.ofNullable(((String[]) array)[r]));
      }
      return new Texts(texts);
    }

    /** A {@code double[]} or a {@code String[]}. */
    Object array();
  }

  /** Numbers; NaN is missing. */
  record Numbers(double[] all) implements Values {
    @Override
    public Object array() {
      return all.clone();
    }
  }

  /** Texts; empty is missing. */
  record Texts(List<Optional<String>> all) implements Values {
    @Override
    public Object array() {
      return all.stream().map(text -> text.orElse(null)).toArray(String[]::new);
    }
  }
}
