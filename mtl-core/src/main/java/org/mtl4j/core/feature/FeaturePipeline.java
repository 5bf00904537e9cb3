package org.mtl4j.core.feature;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/**
 * The fitted features in order: raw columns in, ids and floats out. Fitted on the training split
 * once, applied anywhere; {@link ServingTransforms} puts the same into an exported graph.
 * Immutable.
 */
public final class FeaturePipeline {
  private final List<FittedFeature> features;
  private final List<FittedIds> ids = new ArrayList<>();
  private final List<IdColumn> idColumns = new ArrayList<>();
  private final List<FittedList> lists = new ArrayList<>();
  private final List<FittedNumbers> numbers = new ArrayList<>();
  private final Map<String, TableSpec> tables = new LinkedHashMap<>();
  private final ServedValues served;

  /**
   * A pipeline of features in order.
   *
   * @throws MtlException if features that share a table disagree on its width or its ids, or all
   *     features side by side are wider than a tensor can be
   */
  public FeaturePipeline(List<FittedFeature> features) {
    this(features, Map.of());
  }

  /**
   * A pipeline of features in order, some of which are known in training only.
   *
   * @param served per such feature, by name, the raw value that serving always gives, as text; the
   *     empty text is a missing one
   * @throws MtlException as {@link #FeaturePipeline(List)}, and for a value that its feature does
   *     not allow or that training has not seen
   * @throws IllegalArgumentException if there is no such feature, or none but such
   */
  public FeaturePipeline(List<FittedFeature> features, Map<String, String> served) {
    this.features = List.copyOf(features);
    InputWidth.check(features);
    for (FittedFeature feature : features) {
      if (feature instanceof FittedIds single) {
        ids.add(single);
        single.tables().forEach(table -> idColumns.add(new IdColumn(single, table)));
        single.tables().forEach(table -> addTable(feature, table));
      } else if (feature instanceof FittedList list) {
        lists.add(list);
        list.values().tables().forEach(table -> addTable(feature, table));
      } else if (feature instanceof FittedNumbers dense) {
        numbers.add(dense);
      }
    }
    // One operation of a graph takes all numbers that are scaled: they are side by side.
    numbers.sort(Comparator.comparing(feature -> !(feature instanceof FittedNumeric)));
    this.served = new ServedValues(features, served);
  }

  private void addTable(FittedFeature feature, TableSpec table) {
    TableSpec known = tables.putIfAbsent(table.name(), table);
    if (known != null && !known.equals(table)) {
      throw new MtlException(
          new Problem(
              ErrorCode.CONFIG_VALUE,
              "features." + feature.name(),
              "The table \"%s\" has %d ids of width %d for another feature, and %d ids of width %d here."
                  .formatted(table.name(), known.rows(), known.dim(), table.rows(), table.dim()),
              "Features that share a table need the same dim and the same hash_buckets or none."));
    }
  }

  /** All features, in the user's order. */
  public List<FittedFeature> features() {
    return features;
  }

  /** The raw inputs that serving takes, in the order of the features. */
  public List<RawInput> inputs() {
    return features.stream()
        .flatMap(feature -> feature.inputs().stream())
        .filter(input -> !served.inputs().containsKey(input))
        .toList();
  }

  /** The raw values of features that are known in training only, by the features' names. */
  public Map<String, String> served() {
    return served.values();
  }

  /** The raw inputs that training has and serving does not, with the value of each. */
  public Map<RawInput, String> servedInputs() {
    return served.inputs();
  }

  /**
   * What the rows become when the model serves: as {@link #encode}, but for the features that are
   * known in training only, whose columns need not be there.
   *
   * @throws MtlException as {@link #encode}
   */
  public EncodedFeatures encodeServed(RawBatch rows) {
    return encode(served.in(rows));
  }

  /** The features with an id a row, or a few, in order. */
  public List<FittedIds> ids() {
    return List.copyOf(ids);
  }

  /** The id columns of {@link #ids}, in order. */
  public List<IdColumn> idColumns() {
    return List.copyOf(idColumns);
  }

  /**
   * The features that are lists of values, in order: their id columns come behind {@link
   * #idColumns}, as many each as its length.
   */
  public List<FittedList> lists() {
    return List.copyOf(lists);
  }

  /** Number of id columns, those of lists included. */
  public int idWidth() {
    return idColumns.size() + lists.stream().mapToInt(FittedList::length).sum();
  }

  /**
   * The features with dense inputs, as many each as it is wide: first those that are scaled, in
   * order, then the others.
   */
  public List<FittedNumbers> numbers() {
    return List.copyOf(numbers);
  }

  /** The logical tables, in the order of the features that first ask for them. */
  public List<TableSpec> tables() {
    return List.copyOf(tables.values());
  }

  /** Number of dense inputs. */
  public int denseWidth() {
    return numbers.stream().mapToInt(FittedNumbers::width).sum();
  }

  /**
   * Number of weights a row: they come behind the dense inputs, those of each list that has such
   * together, in the order of {@link #lists}.
   */
  public int weightWidth() {
    return lists.stream().mapToInt(FittedList::weightWidth).sum();
  }

  /**
   * What the rows become.
   *
   * @throws MtlException if a column is missing; of code DATA_VALUE, naming the row, if a numeric
   *     one holds text, an infinite value, or one that its transform takes beyond float32, or a
   *     list a weight that is none
   */
  public EncodedFeatures encode(RawBatch rows) {
    List<int[]> encoded = new ArrayList<>();
    ids.forEach(feature -> encoded.addAll(feature.encode(rows)));
    List<float[]> dense = new ArrayList<>();
    numbers.forEach(feature -> dense.addAll(feature.encode(rows)));
    for (FittedList feature : lists) {
      FittedList.Encoded list = feature.encode(rows);
      encoded.addAll(list.ids());
      dense.addAll(list.weights());
    }
    return new EncodedFeatures(rows.rowCount(), encoded, dense);
  }
}
