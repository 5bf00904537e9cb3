package org.mtl4j.models.trees;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A binary tree over columns of numbers. A node with a column sends a row whose value is below the
 * threshold to the next node but one level down, {@code below}, any other to {@code other}; a leaf
 * adds its values to the row's sums. Node 0 is the root.
 *
 * @param nodes in an order in which children come behind their parents
 * @param output the first of the sums that leaves add to
 * @param leaves the values of the leaves, by the number that a leaf has for {@code below}
 */
record Tree(List<Node> nodes, int output, List<float[]> leaves) {
  /** The column of a leaf. */
  static final int LEAF = -1;

  /** Copies the lists, not the arrays. */
  Tree {
    nodes = List.copyOf(nodes);
    leaves = List.copyOf(leaves);
  }

  /**
   * A node.
   *
   * @param column to look at; {@link #LEAF}: this is a leaf
   * @param threshold what values are compared with
   * @param below the node for smaller values; of a leaf the number of its values
   * @param other the node for all other values
   */
  record Node(int column, float threshold, int below, int other) {}

  /** The number of the leaf that a row comes to. */
  int leafOf(float[][] columns, int row) {
    Node node = nodes.get(0);
    while (node.column() != LEAF) {
      boolean below = columns[node.column()][row] < node.threshold();
      node = nodes.get(below ? node.below() : node.other());
    }
    return node.below();
  }

  /** Adds what the tree says of a row to the row's sums. */
  void add(float[][] columns, int row, double[] sums) {
    float[] values = leaves.get(leafOf(columns, row));
    for (int i = 0; i < values.length; i++) {
      sums[output + i] += values[i];
    }
  }

  /** Writes it. */
  void write(DataOutput out) throws IOException {
    out.writeInt(output);
    out.writeInt(nodes.size());
    for (Node node : nodes) {
      out.writeInt(node.column());
      out.writeFloat(node.threshold());
      out.writeInt(node.below());
      out.writeInt(node.other());
    }
    out.writeInt(leaves.size());
    for (float[] values : leaves) {
      Floats.write(values, out);
    }
  }

  /** Reads what {@link #write} wrote. */
  static Tree read(DataInput in) throws IOException {
    int output = in.readInt();
    List<Node> nodes = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      nodes.add(new Node(in.readInt(), in.readFloat(), in.readInt(), in.readInt()));
    }
    List<float[]> leaves = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      leaves.add(Floats.read(in));
    }
    return new Tree(nodes, output, leaves);
  }
}
