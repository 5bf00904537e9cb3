package org.mtl4j.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mtl4j.data.catalogue.DatasetCard;
import org.mtl4j.data.catalogue.Edition;
import org.mtl4j.data.catalogue.PublicDataset;
import org.mtl4j.data.catalogue.RemoteFile;

/** What is known of a public data set, for programs and for people. */
final class DatasetCardView {
  private DatasetCardView() {}

  static Map<String, Object> json(PublicDataset dataset) {
    DatasetCard card = dataset.card();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", dataset.name());
    json.put("title", card.title());
    json.put("page", card.page().toString());
    json.put("licence", card.licence());
    json.put("citation", card.citation());
    json.put("columns", card.columns());
    json.put("editions", card.editions().stream().map(DatasetCardView::json).toList());
    return json;
  }

  private static Map<String, Object> json(Edition edition) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", edition.name());
    json.put("files", edition.files().stream().map(DatasetCardView::json).toList());
    return json;
  }

  private static Map<String, Object> json(RemoteFile file) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", file.name());
    json.put("url", file.url().map(Object::toString).orElse(null));
    json.put("bytes", file.bytes().isPresent() ? file.bytes().getAsLong() : null);
    json.put(
        "checksum", file.checksum().map(sum -> sum.algorithm() + " " + sum.hex()).orElse(null));
    json.put("checksum_origin", file.checksum().map(sum -> sum.origin()).orElse(null));
    return json;
  }

  static List<String> text(PublicDataset dataset) {
    DatasetCard card = dataset.card();
    List<String> text = new ArrayList<>();
    text.add(dataset.name() + ": " + card.title());
    text.add("  page      " + card.page());
    text.add("  licence   " + card.licence());
    text.add("  citation  " + card.citation());
    text.add("  columns   " + String.join(", ", card.columns()));
    for (Edition edition : card.editions()) {
      text.add("  edition   " + edition.name());
      edition.files().forEach(file -> text.addAll(text(file)));
    }
    return text;
  }

  private static List<String> text(RemoteFile file) {
    String size =
        file.bytes().isPresent()
            ? String.format(Locale.ROOT, "%,d bytes", file.bytes().getAsLong())
            : "size not known";
    return List.of(
        "    " + file.url().map(Object::toString).orElse(file.name() + " (by hand, see the page)"),
        "      "
            + size
            + ", "
            + file.checksum()
                .map(sum -> sum.algorithm() + " " + sum.hex() + " (" + sum.origin() + ")")
                .orElse("checksum not known"));
  }
}
