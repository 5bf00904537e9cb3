package org.mtl4j.data.simulator;

import java.util.List;
import org.mtl4j.core.provenance.Seed;

/**
 * The space of low rank in which people's tastes and items' characters lie. Most of a vector
 * follows from what a log shows (segment, gender, age; category, brand), the rest is a person's or
 * an item's own and can only be learnt by an embedding of the id.
 */
final class TasteSpace {
  /** Dimensions of a taste. */
  static final int RANK = 4;

  static final List<String> SEGMENTS = List.of("student", "family", "professional", "retired");
  static final List<String> GENDERS = List.of("f", "m");
  static final List<String> CATEGORIES =
      List.of("shoes", "dresses", "phones", "laptops", "books", "toys", "garden", "kitchen");
  static final List<String> BRANDS =
      List.of(
          "alba", "borea", "cirrus", "delta", "ember", "fjord", "gala", "helix", "iris", "juno",
          "krona", "lumen");

  private static final double OWN = 0.25;

  private final double[][] segments;
  private final double[][] genders;
  private final double[] age;
  private final double[][] categories;
  private final double[][] brands;

  TasteSpace(Seed seed) {
    Draws draws = new Draws(seed);
    segments = vectors(SEGMENTS.size(), draws);
    genders = vectors(GENDERS.size(), draws);
    age = draws.gaussians(RANK);
    categories = vectors(CATEGORIES.size(), draws);
    brands = vectors(BRANDS.size(), draws);
  }

  /**
   * A person's taste.
   *
   * @param ageScore years from the middle of life, in units of the usual spread
   */
  double[] person(int segment, int gender, double ageScore, Draws draws) {
    double[] taste = new double[RANK];
    for (int k = 0; k < RANK; k++) {
      taste[k] =
          0.8 * segments[segment][k]
              + 0.4 * genders[gender][k]
              + 0.5 * ageScore * age[k]
              + OWN * draws.gaussian();
    }
    return taste;
  }

  /** An item's character. */
  double[] item(int category, int brand, Draws draws) {
    double[] character = new double[RANK];
    for (int k = 0; k < RANK; k++) {
      character[k] =
          0.8 * categories[category][k] + 0.5 * brands[brand][k] + OWN * draws.gaussian();
    }
    return character;
  }

  private static double[][] vectors(int count, Draws draws) {
    double[][] vectors = new double[count][];
    for (int i = 0; i < count; i++) {
      vectors[i] = draws.gaussians(RANK);
    }
    return vectors;
  }
}
