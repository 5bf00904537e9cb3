package org.mtl4j.experiment.fairness;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.eval.fairness.Criterion;
import org.mtl4j.eval.fairness.CriterionFigures;
import org.mtl4j.eval.fairness.FairnessFigures;
import org.mtl4j.eval.fairness.Gap;
import org.mtl4j.eval.fairness.GroupFairness;
import org.mtl4j.eval.interval.Interval;

/** Fairness as the maps that JSON is made of; what is not defined is null. */
public final class FairnessJson {
  private FairnessJson() {}

  /**
   * The file {@code fairness.json}.
   *
   * @param rows which were measured, {@code test} say
   * @param column of the protected groups
   */
  public static Map<String, Object> of(String rows, String column, List<FairnessFigures> outputs) {
    Map<String, Object> byOutput = new LinkedHashMap<>();
    outputs.forEach(output -> byOutput.put(output.output(), of(output)));
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("split", rows);
    map.put("column", column);
    map.put("outputs", byOutput);
    return map;
  }

  private static Map<String, Object> of(FairnessFigures output) {
    Map<String, Object> criteria = new LinkedHashMap<>();
    for (CriterionFigures figures : output.criteria()) {
      Map<String, Object> map = new LinkedHashMap<>();
      if (figures.criterion() == Criterion.EQUAL_OPPORTUNITY) {
        map.put("threshold", output.threshold());
      }
      map.put("groups", figures.groups().stream().map(FairnessJson::of).toList());
      map.put("gaps", figures.gaps().stream().map(FairnessJson::of).toList());
      criteria.put(figures.criterion().key(), map);
    }
    return criteria;
  }

  private static Map<String, Object> of(GroupFairness group) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("group", group.group());
    map.put("count", group.size().count());
    map.put("small", group.size().small());
    map.put("amount", group.amount());
    map.put("reference", group.reference());
    map.put(
        "ratio", group.ratio().value().isPresent() ? group.ratio().value().getAsDouble() : null);
    map.put("interval", bounds(group.ratio().interval()));
    return map;
  }

  private static Map<String, Object> of(Gap gap) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("less", gap.less());
    map.put("more", gap.more());
    map.put("gap", gap.value());
    map.put("interval", bounds(gap.interval()));
    return map;
  }

  private static List<Double> bounds(Optional<Interval> interval) {
    return interval.map(i -> List.of(i.low(), i.high())).orElse(null);
  }
}
