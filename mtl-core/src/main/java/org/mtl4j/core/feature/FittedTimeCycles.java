package org.mtl4j.core.feature;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.schema.DatetimeFeature;
import org.mtl4j.core.schema.TimePart;

/**
 * A time as points on circles, one for each part: sine and cosine of {@code 2 pi part / size}, so
 * that the last hour of a day is near the first of the next. A missing time is the middle, 0 and 0.
 *
 * @param spec what the user declared, without an embedding
 */
public record FittedTimeCycles(DatetimeFeature spec) implements FittedNumbers {
  /**
   * Checks that there is no embedding.
   *
   * @throws IllegalArgumentException if there is one
   */
  public FittedTimeCycles {
    if (spec.layout().dim().isPresent()) {
      throw new IllegalArgumentException(spec.name() + ": expected no dim, found one");
    }
  }

  @Override
  public List<RawInput> inputs() {
    return List.of(TimeIds.input(spec));
  }

  /** Two numbers a part. */
  @Override
  public int width() {
    return 2 * spec.layout().parts().size();
  }

  /**
   * What the ids of a part become: the graph looks them up, too, for its sines are others.
   *
   * @return per id sine and cosine
   */
  static float[][] circle(TimePart part) {
    float[][] circle = new float[part.size() + 1][2];
    for (int i = 0; i < part.size(); i++) {
      double angle = 2 * Math.PI * i / part.size();
      circle[i + 1][0] = (float) StrictMath.sin(angle);
      circle[i + 1][1] = (float) StrictMath.cos(angle);
    }
    return circle;
  }

  @Override
  public List<float[]> encode(RawBatch rows) {
    List<float[]> numbers = new ArrayList<>();
    List<int[]> ids = TimeIds.encode(spec, rows);
    for (int p = 0; p < ids.size(); p++) {
      float[][] circle = circle(spec.layout().parts().get(p));
      float[] sines = new float[rows.rowCount()];
      float[] cosines = new float[rows.rowCount()];
      for (int r = 0; r < sines.length; r++) {
        sines[r] = circle[ids.get(p)[r]][0];
        cosines[r] = circle[ids.get(p)[r]][1];
      }
      numbers.add(sines);
      numbers.add(cosines);
    }
    return numbers;
  }
}
