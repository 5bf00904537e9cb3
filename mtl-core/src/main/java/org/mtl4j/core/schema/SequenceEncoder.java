package org.mtl4j.core.schema;

/** How the values of a history become one vector. With d the width of the table: */
public sealed interface SequenceEncoder {
  /** Width of the vector, for a table of width d: the same, unless the encoder has its own. */
  default int width(int dim) {
    return dim;
  }

  /** The mean of the values: [d]. Order does not matter. */
  record Mean() implements SequenceEncoder {}

  /**
   * A gated recurrent unit's last state: [units]. Cho and others, EMNLP 2014, in the form whose
   * reset gate is applied after the product.
   *
   * @param units width of the state, at least 1
   */
  record Gru(int units) implements SequenceEncoder {
    /**
     * Checks the width.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Gru {
      positive("units", units);
    }

    @Override
    public int width(int dim) {
      return units;
    }
  }

  /**
   * A long short-term memory's last output: [units]. Hochreiter and Schmidhuber 1997, with the
   * forget gate of Gers and others 2000, whose bias starts at 1.
   *
   * @param units width of the state, at least 1
   */
  record Lstm(int units) implements SequenceEncoder {
    /**
     * Checks the width.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Lstm {
      positive("units", units);
    }

    @Override
    public int width(int dim) {
      return units;
    }
  }

  /**
   * The greatest response of each filter along the history, ReLU before: [filters]. Kim, EMNLP
   * 2014.
   *
   * @param filters number of filters, at least 1
   * @param window values that a filter sees at a time, at least 1; beyond the ends there are zeros
   */
  record Convolution(int filters, int window) implements SequenceEncoder {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is below 1
     */
    public Convolution {
      positive("filters", filters);
      positive("window", window);
    }

    @Override
    public int width(int dim) {
      return filters;
    }
  }

  /**
   * The sum of the values, each weighted by what a small network makes of it, the query, their
   * difference and their product: [d]. The local activation unit of DIN, whose weights do not add
   * up to 1; Zhou and others, KDD 2018.
   *
   * @param query name of a categorical feature with a table of the same width: the candidate item
   * @param units width of the network's hidden layer, at least 1
   */
  record TargetAttention(String query, int units) implements SequenceEncoder {
    /**
     * Checks the width.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public TargetAttention {
      positive("units", units);
    }
  }

  /**
   * Scaled dot-product self-attention over values and learnt positions, counted from the newest,
   * added to them, and the mean of the results: [d]. Vaswani and others, NeurIPS 2017; Kang and
   * McAuley, ICDM 2018.
   *
   * @param heads number of heads, at least 1; d is a multiple of it
   */
  record SelfAttention(int heads) implements SequenceEncoder {
    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public SelfAttention {
      positive("heads", heads);
    }
  }

  private static void positive(String key, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(key + ": expected at least 1, found " + value);
    }
  }
}
