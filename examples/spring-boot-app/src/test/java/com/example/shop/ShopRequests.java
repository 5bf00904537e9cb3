package com.example.shop;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.serving.model.MtlModel;
import org.mtl4j.serving.ranking.Recommendation;

/** One request, to be asked over HTTP and of the model itself. */
final class ShopRequests {
  static final Map<String, Object> USER = Map.of("user_id", "u7");
  static final List<Map<String, Object>> ITEMS = items();
  static final int K = 5;

  private ShopRequests() {}

  static Map<String, Object> body() {
    return Map.of("user", USER, "items", ITEMS, "by", "click", "k", K);
  }

  /** What the export answers without any server. */
  static List<Recommendation> answer(MtlModel model) {
    return model.recommend(USER, BatchSource.of(ITEMS), "click", K);
  }

  private static List<Map<String, Object>> items() {
    List<Map<String, Object>> items = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      items.add(Map.of("item_id", "i" + i, "price", 3.5 + i));
    }
    return items;
  }
}
