package org.mtl4j.models.trees;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.mtl4j.core.provenance.Seed;
import org.tribuo.Dataset;
import org.tribuo.Output;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.dtree.impurity.GiniIndex;
import org.tribuo.common.tree.AbstractCARTTrainer;
import org.tribuo.common.tree.Node;
import org.tribuo.common.tree.SplitNode;
import org.tribuo.common.tree.TreeModel;
import org.tribuo.regression.rtree.CARTJointRegressionTrainer;
import org.tribuo.regression.rtree.impurity.MeanSquaredError;

/**
 * Grows a tree by Tribuo's CART and fills its leaves with what the training rows say. Tribuo's own
 * leaves know nothing of how many rows they rest on, and may rest on one.
 */
final class CartFitter {
  private final DecisionTrees config;
  private final TaskRows rows;
  private final Target target;
  private final float[][] columns;
  private final List<Cuts> cuts;
  private final List<Tree.Node> nodes = new ArrayList<>();
  private final List<float[]> leaves = new ArrayList<>();
  private final float[] all;

  CartFitter(DecisionTrees config, Examples examples) {
    this.config = config;
    this.columns = examples.columns();
    this.rows = examples.rows();
    this.target = examples.target();
    this.cuts = Arrays.stream(columns).map(Cuts::of).toList();
    this.all = everywhere();
  }

  Tree fit(Seed seed) {
    float[][] bins = new float[columns.length][rows.size()];
    for (int c = 0; c < columns.length; c++) {
      for (int r = 0; r < rows.size(); r++) {
        bins[c][r] = cuts.get(c).bin(columns[c][r]);
      }
    }
    Examples examples = new Examples(bins, rows, target);
    long value = seed.random().nextLong();
    int[] every = IntStream.range(0, rows.size()).toArray();
    if (target.classes() > 0) {
      grow(
          new CARTClassificationTrainer(
              config.maxDepth(), config.minRows(), 0, 1, false, new GiniIndex(), value),
          examples.ofClasses(),
          every);
    } else {
      grow(
          new CARTJointRegressionTrainer(
              config.maxDepth(), config.minRows(), 0, 1, new MeanSquaredError(), false, value),
          examples.ofNumbers(),
          every);
    }
    return new Tree(nodes, 0, leaves);
  }

  private <T extends Output<T>> void grow(
      AbstractCARTTrainer<T> trainer, Dataset<T> examples, int... every) {
    TreeModel<T> model = trainer.train(examples);
    add(model.getRoot(), every);
  }

  /** Adds a node and all below it; a side of too few rows is none, they go with the others. */
  private <T extends Output<T>> void add(Node<T> node, int... here) {
    if (node.isLeaf()) {
      nodes.add(new Tree.Node(Tree.LEAF, 0, leaves.size(), 0));
      leaves.add(values(here));
      return;
    }
    SplitNode<T> split = (SplitNode<T>) node;
    int column = split.getFeatureID();
    float threshold = cuts.get(column).end((int) Math.floor(split.splitValue()));
    int[] below = Arrays.stream(here).filter(r -> columns[column][r] < threshold).toArray();
    int[] other = Arrays.stream(here).filter(r -> columns[column][r] >= threshold).toArray();
    if (below.length < config.minRows()) {
      add(split.getGreaterThan(), here);
    } else if (other.length < config.minRows()) {
      add(split.getLessThanOrEqual(), here);
    } else {
      int at = nodes.size();
      nodes.add(new Tree.Node(column, threshold, at + 1, 0));
      add(split.getLessThanOrEqual(), below);
      nodes.set(at, new Tree.Node(column, threshold, at + 1, nodes.size()));
      add(split.getGreaterThan(), other);
    }
  }

  /** Of all rows: per class its share, counting one more of each, or of numbers their mean. */
  private float[] everywhere() {
    if (target.classes() == 0) {
      return new float[] {0};
    }
    double[] counts = target.counts(rows);
    float[] shares = new float[counts.length];
    for (int c = 0; c < shares.length; c++) {
      shares[c] = (float) ((counts[c] + 1) / (rows.size() + counts.length));
    }
    return shares;
  }

  /** Of a leaf, with the smoothing. */
  private float[] values(int... here) {
    double[] sums = new double[all.length];
    double weights = config.smoothing();
    for (int i = 0; i < sums.length; i++) {
      sums[i] = config.smoothing() * all[i];
    }
    for (int r : here) {
      float weight = rows.weights()[r];
      weights += weight;
      if (target.classes() > 0) {
        sums[(int) rows.labels()[r]] += weight;
      } else {
        sums[0] += weight * target.fitted(rows.labels()[r]);
      }
    }
    float[] values = new float[sums.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (sums[i] / weights);
    }
    return values;
  }
}
