package org.mtl4j.experiment.reproduce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A reproduction as the maps that JSON is made of. */
public final class ReproductionJson {
  private ReproductionJson() {}

  /** The file {@code reproduction.json}. */
  public static Map<String, Object> of(Reproduced reproduced) {
    Map<String, Object> arms = new LinkedHashMap<>();
    reproduced
        .arms()
        .forEach(
            (arm, figures) -> {
              Map<String, Object> map = new LinkedHashMap<>();
              figures.forEach((figure, spread) -> map.put(figure, spread(spread)));
              arms.put(arm, map);
            });
    List<Map<String, Object>> claims = new ArrayList<>();
    for (Reproduced.Verdict verdict : reproduced.verdicts()) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("says", verdict.claim().says());
      map.put("above", verdict.claim().above());
      map.putAll(spread(verdict.sum()));
      map.put("outcome", verdict.outcome().name().toLowerCase(Locale.ROOT));
      claims.add(map);
    }
    Map<String, Object> map = new LinkedHashMap<>(summary(reproduced.of()));
    map.put("brief", reproduced.brief());
    map.put("seeds", reproduced.seeds());
    map.put("arms", arms);
    map.put("claims", claims);
    return map;
  }

  /** What is looked for, without a result. */
  public static Map<String, Object> summary(Reproduction reproduction) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", reproduction.name());
    map.put("source", reproduction.finding().source());
    map.put("finding", reproduction.finding().says());
    map.put("differs", reproduction.finding().differs());
    return map;
  }

  private static Map<String, Object> spread(Reproduced.Spread spread) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("mean", spread.mean());
    map.put(
        "interval",
        spread.interval().map(interval -> List.of(interval.low(), interval.high())).orElse(null));
    map.put("values", spread.values());
    return map;
  }
}
