package org.mtl4j.data.catalogue;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.mtl4j.data.table.Table;
import org.mtl4j.data.table.TextFormat;
import org.mtl4j.data.table.TextTable;

/**
 * Census-Income (KDD): people of the US census surveys of 1994 and 1995, with 40 attributes, a
 * weight and an income above or below 50,000 dollars. The files have no header; "?" is missing.
 *
 * <p>{@code instance_weight} is no feature. Detailed household and tax-filer columns nearly give
 * {@code marital_stat} away, which the multi-task literature takes as second label.
 */
public final class CensusIncome extends PathDataset {
  private static final String FOLDER =
      "https://archive.ics.uci.edu/ml/machine-learning-databases/census-income-mld/";

  private static final List<String> COLUMNS =
      List.of(
          "age",
          "class_worker",
          "det_ind_code",
          "det_occ_code",
          "education",
          "wage_per_hour",
          "hs_college",
          "marital_stat",
          "major_ind_code",
          "major_occ_code",
          "race",
          "hisp_origin",
          "sex",
          "union_member",
          "unemp_reason",
          "full_or_part_emp",
          "capital_gains",
          "capital_losses",
          "stock_dividends",
          "tax_filer_stat",
          "region_prev_res",
          "state_prev_res",
          "det_hh_fam_stat",
          "det_hh_summ",
          "instance_weight",
          "mig_chg_msa",
          "mig_chg_reg",
          "mig_move_reg",
          "mig_same",
          "mig_prev_sunbelt",
          "num_emp",
          "fam_under_18",
          "country_father",
          "country_mother",
          "country_self",
          "citizenship",
          "own_or_self",
          "vet_question",
          "vet_benefits",
          "weeks_worked",
          "year",
          "income");

  /** The set as UCI publishes it. */
  public CensusIncome() {
    super("?");
  }

  @Override
  public String name() {
    return "census_income";
  }

  @Override
  public DatasetCard card() {
    return new DatasetCard(
        "Census-Income (KDD): one person a row; tasks income (over 50,000 dollars) and"
            + " marital_stat",
        URI.create("https://archive.ics.uci.edu/dataset/117/census+income+kdd"),
        "CC BY 4.0",
        "US Census Bureau: Census-Income (KDD). UCI Machine Learning Repository, 2000.",
        COLUMNS,
        List.of(
            Edition.of(
                "full",
                RemoteFile.at(FOLDER + "census-income.data.gz"),
                RemoteFile.at(FOLDER + "census-income.test.gz"))));
  }

  @Override
  Table table(List<String> path) {
    List<Path> files = DatasetFolder.rows(name(), path, List.of("census-income\\.(data|test)"));
    return TextTable.named(files, TextFormat.plain(","), COLUMNS);
  }
}
