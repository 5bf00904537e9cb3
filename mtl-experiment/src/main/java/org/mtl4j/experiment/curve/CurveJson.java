package org.mtl4j.experiment.curve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A learning curve as the maps that JSON is made of. */
public final class CurveJson {
  private CurveJson() {}

  /** The file {@code learning-curve.json}. */
  public static Map<String, Object> of(LearningCurve curve) {
    List<Map<String, Object>> points = new ArrayList<>();
    for (LearningCurve.Point point : curve.points()) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("percent", point.percent());
      map.put("run", point.run());
      point
          .result()
          .ifPresent(
              result -> {
                map.put("rows", result.rows());
                map.put("metrics", result.metrics());
                map.put("intervals", result.intervals());
              });
      point.problem().ifPresent(why -> map.put("problem", why));
      points.add(map);
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("experiment", curve.experiment());
    map.put("split", curve.split());
    map.put("points", points);
    return map;
  }
}
