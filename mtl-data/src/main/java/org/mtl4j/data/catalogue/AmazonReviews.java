package org.mtl4j.data.catalogue;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.mtl4j.data.table.Join;
import org.mtl4j.data.table.JsonField;
import org.mtl4j.data.table.JsonTable;
import org.mtl4j.data.table.Table;

/**
 * Amazon reviews, as JSON lines of 2018 or of 2023, one category a file. {@code item_id} is the
 * parent product where the file has one, and {@code timestamp} is in seconds (2018) or milliseconds
 * (2023), as published. With {@code meta_NAME} beside {@code NAME} the product is joined: {@code
 * item_title, brand, price}, and {@code categories}, a list between bars. Its average rating and
 * the number of ratings are left out: they were counted over the reviews themselves.
 */
public final class AmazonReviews extends PathDataset {
  private static final String FOLDER =
      "https://mcauleylab.ucsd.edu/public_datasets/data/amazon_2023/raw/";

  private static final List<JsonField> REVIEW =
      List.of(
          JsonField.of("user_id", "user_id", "reviewerID"),
          JsonField.of("item_id", "parent_asin", "asin"),
          JsonField.of("rating", "rating", "overall"),
          JsonField.of("timestamp", "timestamp", "unixReviewTime"),
          JsonField.of("verified", "verified_purchase", "verified"),
          JsonField.of("helpful_votes", "helpful_vote", "vote"),
          JsonField.of("title", "title", "summary"),
          JsonField.of("text", "text", "reviewText"));

  private static final List<JsonField> PRODUCT =
      List.of(
          JsonField.of("item_id", "parent_asin", "asin"),
          JsonField.of("item_title", "title"),
          JsonField.of("brand", "store", "brand"),
          JsonField.of("categories", "categories", "category"),
          JsonField.of("price"));

  @Override
  public String name() {
    return "amazon_reviews";
  }

  @Override
  public DatasetCard card() {
    return new DatasetCard(
        "Amazon reviews (JSON lines of 2018 or 2023): one review a row, with its product; tasks from"
            + " rating, verified and helpful_votes",
        URI.create("https://amazon-reviews-2023.github.io"),
        "see the page: none is named",
        "Hou, Y. and others: Bridging language and items for retrieval and recommendation."
            + " arXiv:2403.03952, 2024.",
        REVIEW.stream().map(JsonField::name).toList(),
        List.of(
            Edition.of(
                "all_beauty",
                RemoteFile.at(FOLDER + "review_categories/All_Beauty.jsonl.gz"),
                RemoteFile.at(FOLDER + "meta_categories/meta_All_Beauty.jsonl.gz"))));
  }

  @Override
  Table table(List<String> path) {
    List<Path> files = DatasetFolder.rows(name(), path, List.of("(?!meta_).*\\.jsonl?"));
    Join.Builder join = Join.of(new JsonTable(files, REVIEW)).rest();
    List<Path> products =
        files.stream()
            .map(file -> DatasetFolder.beside(file, "meta_" + DatasetFolder.name(file)))
            .flatMap(Optional::stream)
            .toList();
    if (!products.isEmpty()) {
      join.join(new JsonTable(products, PRODUCT), "item_id", UnaryOperator.identity());
    }
    return join.build();
  }
}
