package org.mtl4j.serving.model;

import java.util.List;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.feature.EncodedPart;
import org.mtl4j.core.feature.EncodedPart.Kind;
import org.mtl4j.serving.catalogue.ItemCatalogue;

/**
 * The items of a catalogue as a model takes them, column by column, as far as items alone say it.
 *
 * @param ids per id column [items]
 * @param dense per dense column [items]
 */
record EncodedItems(int[][] ids, float[][] dense) {
  private static final int BLOCK = 4096;

  /** Encodes all items, block by block. */
  static EncodedItems of(ItemCatalogue catalogue, RowEncoder encoder, List<EncodedPart> parts) {
    int[][] ids = new int[width(parts, Kind.IDS)][catalogue.size()];
    float[][] dense = new float[width(parts, Kind.DENSE)][catalogue.size()];
    for (int from = 0; from < catalogue.size(); from += BLOCK) {
      int[] rows = new int[Math.min(BLOCK, catalogue.size() - from)];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = from + i;
      }
      RawBatch block = catalogue.rows().select(rows);
      RowEncoder.Encoded encoded = encoder.encode(block);
      for (int i = 0; i < encoded.ids().length; i++) {
        // A row of a table that is trained or gathered in Java has an int for a number.
        ids[i % ids.length][from + i / ids.length] = Math.toIntExact(encoded.ids()[i]);
      }
      for (int i = 0; i < encoded.dense().length; i++) {
        dense[i % dense.length][from + i / dense.length] = encoded.dense()[i];
      }
    }
    return new EncodedItems(ids, dense);
  }

  /** How many columns of a kind there are. */
  static int width(List<EncodedPart> parts, Kind kind) {
    return parts.stream()
        .filter(part -> part.place().kind() == kind)
        .mapToInt(part -> part.place().width())
        .sum();
  }
}
