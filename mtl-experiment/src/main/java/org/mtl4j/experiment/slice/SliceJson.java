package org.mtl4j.experiment.slice;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.mtl4j.eval.interval.Interval;
import org.mtl4j.eval.slice.SliceFigures;
import org.mtl4j.eval.slice.SlicedFigures;
import org.mtl4j.eval.slice.SlicedOutput;

/** Slices as the maps that JSON is made of; what is not defined is null. */
public final class SliceJson {
  private SliceJson() {}

  /**
   * The file {@code slices.json}.
   *
   * @param rows which were measured, {@code test} say
   */
  public static Map<String, Object> of(String rows, List<SlicedFigures> slices) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("split", rows);
    map.put("slices", of(slices));
    return map;
  }

  /** The ways to part the rows, each with its outputs. */
  public static List<Map<String, Object>> of(List<SlicedFigures> slices) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (SlicedFigures sliced : slices) {
      Map<String, Object> outputs = new LinkedHashMap<>();
      sliced.outputs().forEach(output -> outputs.put(output.output(), of(output)));
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("by", sliced.name());
      map.put("outputs", outputs);
      list.add(map);
    }
    return list;
  }

  private static Map<String, Object> of(SlicedOutput output) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("primary", output.primary().map(SlicedOutput.Primary::metric).orElse(null));
    Map<String, Object> whole = new LinkedHashMap<>();
    output.whole().forEach((metric, value) -> whole.put(metric, number(value)));
    map.put("whole", whole);
    map.put("slices", output.slices().stream().map(SliceJson::of).toList());
    return map;
  }

  private static Map<String, Object> of(SliceFigures slice) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("slice", slice.slice());
    map.put("rows", slice.size().rows());
    if (slice.size().positives().isPresent()) {
      map.put("positives", slice.size().positives().getAsInt());
    }
    map.put("units", slice.size().units());
    map.put("small", slice.size().small());
    Map<String, Object> metrics = new LinkedHashMap<>();
    Map<String, Object> intervals = new LinkedHashMap<>();
    Map<String, Object> differences = new LinkedHashMap<>();
    slice
        .figures()
        .forEach(
            (metric, figure) -> {
              metrics.put(metric, number(figure.value()));
              figure.interval().ifPresent(i -> intervals.put(metric, bounds(i)));
              differences.put(metric, number(figure.difference()));
            });
    map.put("metrics", metrics);
    map.put("intervals", intervals);
    map.put("differences", differences);
    return map;
  }

  private static List<Double> bounds(Interval interval) {
    return List.of(interval.low(), interval.high());
  }

  private static Double number(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
