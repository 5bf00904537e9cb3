package org.mtl4j.core.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Some columns of encoded rows that are made of the same raw inputs. Who knows which inputs are the
 * same in many rows, those of one user or of an item in a catalogue, encodes them once.
 *
 * @param feature whose they are
 * @param inputs the raw inputs that they are made of, by name; none if serving always gives one
 *     value
 * @param place of the columns
 * @param tensor the name of a tensor with these ids alone, [B], if they are made of several inputs,
 *     which may come from different sides
 */
public record EncodedPart(
    String feature, List<String> inputs, Place place, Optional<String> tensor) {
  /** Copies the list. */
  public EncodedPart {
    inputs = List.copyOf(inputs);
  }

  /** What a column holds. */
  public enum Kind {
    /** Ids. */
    IDS,
    /** Numbers, or weights of a list's values. */
    DENSE
  }

  /**
   * Where columns are.
   *
   * @param kind among the ids or among the dense values
   * @param first the first of them
   * @param width how many there are
   */
  public record Place(Kind kind, int first, int width) {}

  /**
   * The parts of what a pipeline makes of rows: each column of {@link FeaturePipeline#encode} is in
   * one.
   *
   * @param tensors by the names of crosses the names of tensors with their ids
   */
  public static List<EncodedPart> of(FeaturePipeline pipeline, Map<String, String> tensors) {
    List<String> known = pipeline.inputs().stream().map(RawInput::name).toList();
    List<EncodedPart> parts = new ArrayList<>();
    int column = 0;
    for (FittedIds feature : pipeline.ids()) {
      Place place = new Place(Kind.IDS, column, feature.tables().size());
      Optional<String> tensor = Optional.ofNullable(tensors.get(feature.name()));
      parts.add(new EncodedPart(feature.name(), inputs(feature, known), place, tensor));
      column += place.width();
    }
    int weight = pipeline.denseWidth();
    for (FittedList list : pipeline.lists()) {
      Place ids = new Place(Kind.IDS, column, list.length());
      parts.add(single(list, known, ids));
      column += ids.width();
      if (list.weightWidth() > 0) {
        parts.add(single(list, known, new Place(Kind.DENSE, weight, list.weightWidth())));
        weight += list.weightWidth();
      }
    }
    int number = 0;
    for (FittedNumbers feature : pipeline.numbers()) {
      parts.add(single(feature, known, new Place(Kind.DENSE, number, feature.width())));
      number += feature.width();
    }
    return List.copyOf(parts);
  }

  private static EncodedPart single(FittedFeature feature, List<String> known, Place place) {
    return new EncodedPart(feature.name(), inputs(feature, known), place, Optional.empty());
  }

  private static List<String> inputs(FittedFeature feature, List<String> known) {
    if (!(feature instanceof FittedCross cross)) {
      return feature.inputs().stream().map(RawInput::name).filter(known::contains).toList();
    }
    List<String> of = cross.spec().of().stream().map(value -> value.name()).toList();
    List<String> inputs = new ArrayList<>(of.stream().filter(known::contains).toList());
    // A value that serving always gives is repeated as often as the first input has rows.
    if (inputs.size() < of.size() && !inputs.contains(known.get(0))) {
      inputs.add(known.get(0));
    }
    return inputs;
  }
}
