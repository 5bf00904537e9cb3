package org.mtl4j.models.trees;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.tribuo.Dataset;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

/**
 * A task's rows as Tribuo takes them.
 *
 * @param columns [columns][n]
 * @param rows the same rows
 * @param target what their labels are
 */
record Examples(float[][] columns, TaskRows rows, Target target) {
  /** The one dimension of a number. */
  private static final String DIMENSION = "y";

  /** Tribuo numbers features in the order of their names. */
  private List<String> names() {
    return IntStream.range(0, columns.length)
        .mapToObj(c -> String.format(Locale.ROOT, "%07d", c))
        .toList();
  }

  /** Their labels are the numbers of classes. */
  Dataset<Label> ofClasses() {
    List<Label> labels =
        IntStream.range(0, target.classes()).mapToObj(c -> new Label(String.valueOf(c))).toList();
    MutableDataset<Label> examples = empty(new LabelFactory());
    String[] names = names().toArray(String[]::new);
    for (int r = 0; r < rows.size(); r++) {
      examples.add(example(r, labels.get((int) rows.labels()[r]), names));
    }
    return examples;
  }

  /** Their labels are numbers, in deviations from the mean. */
  Dataset<Regressor> ofNumbers() {
    MutableDataset<Regressor> examples = empty(new RegressionFactory());
    String[] names = names().toArray(String[]::new);
    for (int r = 0; r < rows.size(); r++) {
      Regressor label = new Regressor(DIMENSION, target.fitted(rows.labels()[r]));
      examples.add(example(r, label, names));
    }
    return examples;
  }

  private static <T extends Output<T>> MutableDataset<T> empty(OutputFactory<T> factory) {
    return new MutableDataset<>(new SimpleDataSourceProvenance("rows of a task", factory), factory);
  }

  private <T extends Output<T>> ArrayExample<T> example(int row, T label, String... names) {
    double[] values = new double[columns.length];
    for (int c = 0; c < values.length; c++) {
      values[c] = columns[c][row];
    }
    ArrayExample<T> example = new ArrayExample<>(label, names, values);
    example.setWeight(rows.weights()[row]);
    return example;
  }
}
