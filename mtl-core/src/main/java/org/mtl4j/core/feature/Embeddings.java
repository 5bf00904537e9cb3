package org.mtl4j.core.feature;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Nearest;
import org.mtl4j.core.error.Problem;

/**
 * How many embeddings a model has of each feature: the one that every feature has, and further ones
 * by name, one of each task's own say. Those of an id lie side by side in one row of its table,
 * [rows, count * dim], the first one first, so that a batch still looks up each id once and an
 * update touches the same rows. Each starts from values of its own, or from those of a file; the
 * first starts as it does where it is the only one.
 *
 * <p>A table that is not trained has one embedding, which all of them are; numbers are no
 * embeddings and the same for all.
 *
 * @param further names of those beside the first
 */
public record Embeddings(List<String> further) {
  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if a name comes twice
   */
  public Embeddings {
    further = List.copyOf(further);
    if (Set.copyOf(further).size() != further.size()) {
      throw new IllegalArgumentException("embeddings: expected different names, found " + further);
    }
  }

  /** One of each feature. */
  public static Embeddings one() {
    return new Embeddings(List.of());
  }

  /** How many there are of each feature. */
  public int count() {
    return 1 + further.size();
  }

  /**
   * The width of a table's rows.
   *
   * @throws MtlException CONFIG_VALUE if it is wider than a tensor can be
   */
  int width(StoreKind kind) {
    if (kind.frozen()) {
      return kind.dim();
    }
    long width = (long) count() * kind.dim();
    if (width > Integer.MAX_VALUE) {
      throw new MtlException(
          new Problem(
              ErrorCode.CONFIG_VALUE,
              "features",
              String.format(
                  Locale.ROOT,
                  "Expected rows of tables of at most %,d values, found %,d embeddings of %,d each.",
                  Integer.MAX_VALUE,
                  count(),
                  kind.dim()),
              "Lower the features' dim."));
    }
    return (int) width;
  }

  /**
   * Where in a row one stands, the first one being 0.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  int place(String name) {
    int found = further.indexOf(name);
    if (found < 0) {
      throw new IllegalArgumentException(
          "there is no embedding \"%s\". %s".formatted(name, Nearest.hint(name, further)));
    }
    return 1 + found;
  }
}
