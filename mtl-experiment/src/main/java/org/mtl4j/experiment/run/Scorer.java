package org.mtl4j.experiment.run;

import java.util.List;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.feature.EncodedFeatures;
import org.mtl4j.core.model.BaselinePredictor;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.training.TrainingSession;

/** A model in the state that a run keeps, asked for predictions of rows that are encoded. */
interface Scorer {
  /** What it predicts, in order. */
  List<OutputSpec> outputs();

  /** Predicts rows in their order, and hands on block after block. */
  void predict(EncodedData rows, TrainingSession.PredictionSink sink);

  /** An architecture in a state. */
  static Scorer of(TrainingSession session) {
    return new Scorer() {
      @Override
      public List<OutputSpec> outputs() {
        return session.spec().outputs();
      }

      @Override
      public void predict(EncodedData rows, TrainingSession.PredictionSink sink) {
        session.predict(rows, sink);
      }
    };
  }

  /** A baseline that was fitted. */
  static Scorer of(BaselinePredictor fitted, List<OutputSpec> outputs) {
    return new Scorer() {
      private static final int BLOCK = 4096;

      @Override
      public List<OutputSpec> outputs() {
        return outputs;
      }

      @Override
      public void predict(EncodedData rows, TrainingSession.PredictionSink sink) {
        IntStream.iterate(0, from -> from < rows.rowCount(), from -> from + BLOCK)
            .forEach(from -> predict(from, rows, sink));
      }

      private void predict(int from, EncodedData rows, TrainingSession.PredictionSink sink) {
        EncodedRows block = rows.block(from, Math.min(BLOCK, rows.rowCount() - from));
        sink.take(
            from,
            fitted.predict(new EncodedFeatures(block.rowCount(), block.ids(), block.dense())));
      }
    };
  }
}
