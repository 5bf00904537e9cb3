package org.mtl4j.serving.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The sizes of a tensor's dimensions.
 *
 * @param sizes none for a scalar
 */
public record TensorShape(List<Long> sizes) {
  /** As many dimensions as TensorFlow has. */
  public static final int MAX_RANK = 254;

  /**
   * Copies and checks the sizes.
   *
   * @throws IllegalArgumentException if one is negative, there are too many dimensions, or too many
   *     elements for an array
   */
  public TensorShape {
    sizes = List.copyOf(sizes);
    if (sizes.size() > MAX_RANK) {
      throw new IllegalArgumentException(
          "expected at most %d dimensions, found %d".formatted(MAX_RANK, sizes.size()));
    }
    long elements = 1;
    for (long size : sizes) {
      if (size < 0) {
        throw new IllegalArgumentException("expected sizes of at least 0, found " + size);
      }
      // A 0 further on makes the product 0, but what comes before it must be a number all the same.
      if (size > 0 && elements > Integer.MAX_VALUE / size) {
        throw new IllegalArgumentException(
            "expected at most %d elements, found the shape %s"
                .formatted(Integer.MAX_VALUE, print(sizes)));
      }
      elements *= Math.max(size, 1);
    }
  }

  /** A shape of these sizes. */
  public static TensorShape of(long... sizes) {
    List<Long> list = new ArrayList<>();
    for (long size : sizes) {
      list.add(size);
    }
    return new TensorShape(list);
  }

  /** How many dimensions there are. */
  public int rank() {
    return sizes.size();
  }

  /** How many elements there are. */
  public int elements() {
    long elements = 1;
    for (long size : sizes) {
      elements *= size;
    }
    return (int) elements;
  }

  /** The same with another dimension of that size before the others. */
  public TensorShape under(long size) {
    List<Long> outer = new ArrayList<>();
    outer.add(size);
    outer.addAll(sizes);
    return new TensorShape(outer);
  }

  /**
   * The same without the first dimension.
   *
   * @throws IllegalStateException of a scalar
   */
  public TensorShape inner() {
    if (sizes.isEmpty()) {
      throw new IllegalStateException("a scalar has no dimension");
    }
    return new TensorShape(sizes.subList(1, sizes.size()));
  }

  @Override
  public String toString() {
    return print(sizes);
  }

  private static String print(List<Long> sizes) {
    return sizes.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
  }
}
