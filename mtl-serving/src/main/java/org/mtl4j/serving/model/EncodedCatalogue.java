package org.mtl4j.serving.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.feature.EncodedPart;
import org.mtl4j.core.feature.EncodedPart.Kind;
import org.mtl4j.core.feature.RawInput;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.core.task.Columns;
import org.mtl4j.serving.catalogue.ItemCatalogue;
import org.mtl4j.serving.ranking.CatalogueScores;
import org.mtl4j.serving.ranking.ColumnSides;

/**
 * Scores of a catalogue's items that were encoded when it was loaded. Of a request the user's row
 * is encoded once and repeated; only combinations of the user's and the item's values are looked up
 * for each candidate.
 */
final class EncodedCatalogue implements CatalogueScores {
  private final ItemCatalogue catalogue;
  private final ModelManifest manifest;
  private final RowEncoder encoder;
  private final EncodedItems items;
  private final Access access;
  private final ColumnSides sides;
  private final Map<String, RawInput> inputs = new LinkedHashMap<>();
  private final int idWidth;
  private final int denseWidth;

  /**
   * What a model does for it.
   *
   * @param filled a row with what the model looks up
   * @param predicted predictions for ids [n, idWidth] and dense values [n, denseWidth], row by row
   */
  record Access(
      UnaryOperator<RawBatch> filled,
      BiFunction<Integer, RowEncoder.Encoded, Predictions> predicted) {}

  /** Encodes the items, which takes a while. */
  EncodedCatalogue(
      ItemCatalogue catalogue, ModelManifest manifest, RowEncoder encoder, Access access) {
    this.catalogue = catalogue;
    this.manifest = manifest;
    this.encoder = encoder;
    this.access = access;
    this.sides = new ColumnSides(manifest);
    this.items = EncodedItems.of(catalogue, encoder, manifest.encoded());
    manifest.inputs().forEach(input -> inputs.put(input.name(), input.raw()));
    this.idWidth = EncodedItems.width(manifest.encoded(), Kind.IDS);
    this.denseWidth = EncodedItems.width(manifest.encoded(), Kind.DENSE);
  }

  @Override
  public ItemCatalogue catalogue() {
    return catalogue;
  }

  @Override
  public Predictions predict(RawBatch user, int[] positions) {
    RawBatch row = filled(user);
    RowEncoder.Encoded one = encoder.encode(row);
    long[] ids = new long[positions.length * idWidth];
    float[] dense = new float[positions.length * denseWidth];
    List<EncodedPart> mixed = new ArrayList<>();
    for (EncodedPart part : manifest.encoded()) {
      Set<Boolean> usersOrNot = sidesOf(part, row.columns());
      if (usersOrNot.size() > 1) {
        mixed.add(part);
      } else if (usersOrNot.contains(false)) {
        takeItems(part.place(), positions, ids, dense);
      } else {
        repeat(part.place(), one, ids, dense);
      }
    }
    combine(mixed, row, positions, ids);
    return access.predicted().apply(positions.length, new RowEncoder.Encoded(ids, dense));
  }

  /** What a lookup gives a user stands back behind what the items have, as in a row of both. */
  private RawBatch filled(RawBatch user) {
    RawBatch all = access.filled().apply(user);
    List<String> names =
        all.columns().names().stream()
            .filter(n -> user.columns().contains(n) || !catalogue.rows().columns().contains(n))
            .toList();
    return only(all, names);
  }

  private static RawBatch only(RawBatch rows, Collection<String> names) {
    List<Columns.Column> columns = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    for (String name : names) {
      int index = rows.columns().indexOf(name);
      columns.add(rows.columns().all().get(index));
      values.add(rows.values(index));
    }
    return rows.of(new Columns(columns), values);
  }

  /** Whether its inputs are the user's (true) or the items' (false); both, or none, may be. */
  private Set<Boolean> sidesOf(EncodedPart part, Columns user) {
    return part.inputs().stream()
        .map(input -> isUsers(inputs.get(input), user))
        .collect(Collectors.toSet());
  }

  private boolean isUsers(RawInput input, Columns user) {
    return sides.isUsers(input.column(), user, catalogue.rows().columns());
  }

  private void takeItems(EncodedPart.Place place, int[] positions, long[] ids, float[] dense) {
    for (int c = place.first(); c < place.first() + place.width(); c++) {
      if (place.kind() == Kind.IDS) {
        int[] column = items.ids()[c];
        for (int r = 0; r < positions.length; r++) {
          ids[r * idWidth + c] = column[positions[r]];
        }
      } else {
        float[] column = items.dense()[c];
        for (int r = 0; r < positions.length; r++) {
          dense[r * denseWidth + c] = column[positions[r]];
        }
      }
    }
  }

  private void repeat(EncodedPart.Place place, RowEncoder.Encoded one, long[] ids, float[] dense) {
    for (int c = place.first(); c < place.first() + place.width(); c++) {
      if (place.kind() == Kind.IDS) {
        for (int at = c; at < ids.length; at += idWidth) {
          ids[at] = one.ids()[c];
        }
      } else {
        for (int at = c; at < dense.length; at += denseWidth) {
          dense[at] = one.dense()[c];
        }
      }
    }
  }

  /** Ids of what is combined out of both: the graph makes them of the values. */
  private void combine(List<EncodedPart> mixed, RawBatch user, int[] positions, long[] ids) {
    if (mixed.isEmpty()) {
      return;
    }
    Set<RawInput> of = new LinkedHashSet<>();
    mixed.forEach(part -> part.inputs().forEach(input -> of.add(inputs.get(input))));
    List<String> tensors = mixed.stream().map(part -> part.tensor().orElseThrow()).toList();
    Map<String, long[]> found = encoder.ids(joined(of, user, positions), tensors, List.copyOf(of));
    for (EncodedPart part : mixed) {
      long[] column = found.get(part.tensor().orElseThrow());
      for (int r = 0; r < positions.length; r++) {
        ids[r * idWidth + part.place().first()] = column[r];
      }
    }
  }

  private RawBatch joined(Set<RawInput> of, RawBatch user, int[] positions) {
    List<String> users = new ArrayList<>();
    List<String> own = new ArrayList<>();
    for (String column : of.stream().map(RawInput::column).distinct().toList()) {
      boolean isUsers = sides.isUsers(column, user.columns(), catalogue.rows().columns());
      (isUsers ? users : own).add(column);
    }
    RawBatch repeated = only(user, users).select(new int[positions.length]);
    List<Object> values = IntStream.range(0, users.size()).mapToObj(repeated::values).toList();
    return only(catalogue.rows(), own).select(positions).with(repeated.columns(), values);
  }
}
