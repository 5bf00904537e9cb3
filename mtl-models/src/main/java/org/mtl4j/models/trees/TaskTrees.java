package org.mtl4j.models.trees;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mtl4j.core.feature.EncodedFeatures;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.model.TaskPredictor;

/**
 * The trees of a task.
 *
 * @param encoder makes rows columns of numbers
 * @param trees whose leaves are added up
 * @param sums what the sums mean
 */
record TaskTrees(ColumnEncoder encoder, List<Tree> trees, Sums sums) implements TaskPredictor {
  /** Copies the list. */
  TaskTrees {
    trees = List.copyOf(trees);
  }

  @Override
  public float[] predict(EncodedFeatures rows) {
    float[][] columns = encoder.columns(rows);
    double[] found = new double[sums.count()];
    float[] predictions = new float[rows.rowCount() * sums.width()];
    for (int r = 0; r < rows.rowCount(); r++) {
      Arrays.fill(found, 0);
      for (Tree tree : trees) {
        tree.add(columns, r, found);
      }
      sums.predict(found, predictions, r * sums.width());
    }
    return predictions;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    sums.write(out);
    encoder.write(out);
    out.writeInt(trees.size());
    for (Tree tree : trees) {
      tree.write(out);
    }
  }

  static TaskTrees read(FeaturePipeline pipeline, DataInput in) throws IOException {
    Sums sums = Sums.read(in);
    ColumnEncoder encoder = ColumnEncoder.read(pipeline, in);
    List<Tree> trees = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      trees.add(Tree.read(in));
    }
    return new TaskTrees(encoder, trees, sums);
  }
}
