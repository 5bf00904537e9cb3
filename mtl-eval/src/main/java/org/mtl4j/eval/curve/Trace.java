package org.mtl4j.eval.curve;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.eval.report.LineChart.Point;

/**
 * A curve within the unit square, of as many points as the eye can tell apart: a point less than
 * 1/400 from the last one kept is left out, so that the line is never further than that from where
 * it should be, however many rows made it.
 */
final class Trace {
  private static final double STEP = 1 / 400.0;

  private final List<Point> points = new ArrayList<>();
  private Point kept = Point.of(Double.NaN, Double.NaN);
  private Point last = kept;

  /** Goes on to a point; the first one is always kept. */
  void add(double x, double y) {
    last = Point.of(x, y);
    boolean near = Math.abs(x - kept.x()) < STEP && Math.abs(y - kept.y()) < STEP;
    if (!near) {
      keep(last);
    }
  }

  /** The points kept, and the last one. */
  List<Point> end() {
    if (!last.equals(kept)) {
      keep(last);
    }
    return List.copyOf(points);
  }

  private void keep(Point point) {
    points.add(point);
    kept = point;
  }
}
