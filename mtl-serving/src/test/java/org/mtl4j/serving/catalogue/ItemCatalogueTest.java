package org.mtl4j.serving.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;

class ItemCatalogueTest {
  private static Map<String, Object> item(Object id, double price) {
    Map<String, Object> item = new HashMap<>();
    item.put("id", id);
    item.put("price", price);
    return item;
  }

  private static ItemCatalogue catalogue(List<Map<String, Object>> items) {
    return ItemCatalogue.load(BatchSource.of(items), "id");
  }

  /** More than a block, and ids that are whole numbers. */
  @Test
  void everyItemIsFoundByItsIdWithItsColumns() {
    List<Map<String, Object>> items = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      items.add(item(10_000 - i, i / 4.0));
    }
    ItemCatalogue catalogue = catalogue(items);
    assertThat(catalogue.size()).isEqualTo(10_000);
    int price = catalogue.rows().columns().indexOf("price");
    for (int i = 0; i < 10_000; i++) {
      int position = catalogue.position(Integer.toString(10_000 - i)).orElseThrow();
      assertThat(position).isEqualTo(i);
      assertThat(catalogue.idAt(position)).isEqualTo(Integer.toString(10_000 - i));
      assertThat(catalogue.rows().number(price, position)).isEqualTo(i / 4.0);
    }
    assertThat(catalogue.position("0")).isEmpty();
    List<String> sorted = catalogue.ids().stream().sorted().toList();
    for (int i = 0; i < 10_000; i += 997) {
      assertThat(sorted.get(catalogue.placeById(i))).isEqualTo(catalogue.idAt(i));
    }
  }

  @Test
  void itemsWithoutAnIdOfTheirOwnAreNamedAllAtOnce() {
    MtlException failure =
        catchThrowableOfType(
            MtlException.class,
            () ->
                catalogue(
                    List.of(
                        item("a", 1), item("b", 2), item("a", 3), item(null, 4), item("b", 5))));
    assertThat(failure.problems()).hasSize(3);
    assertThat(failure.code()).isEqualTo(ErrorCode.DATA_VALUE);
    assertThat(failure.problems().get(0).what())
        .isEqualTo("The id \"a\" is that of an earlier item.");
    assertThat(failure.problems().get(1).what())
        .isEqualTo("Expected an id of the item, found none.");
  }

  @Test
  void catalogueWithoutTheColumnIsRefused() {
    MtlException failure =
        catchThrowableOfType(
            MtlException.class,
            () -> ItemCatalogue.load(BatchSource.of(List.of(item("a", 1))), "item_id"));
    assertThat(failure.code()).isEqualTo(ErrorCode.COLUMN_MISSING);
  }
}
