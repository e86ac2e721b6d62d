// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/patterns.h"
#include "launcher/task/schemas.h"

namespace skyrun {
namespace {

Schema cached() {
  Schema size = a_text().matching(is_cache_size, "^[0-9]+(b|k|m|g|t|p|B|K|M|G|T|P)?$");
  Schema time = a_text().matching(is_cache_time, "^([-+]?NUMBER(ms|[smhdwMy]))+|[-+]?NUMBER$");
  return a_closed_dict()
      .with("transfers", an_integer().from(1))
      .with("buffer_size", size)
      .with("vfs_cache_max_size", size)
      .with("vfs_cache_max_age", time)
      .with("vfs_read_ahead", size)
      .with("vfs_read_chunk_size", size)
      .with("vfs_read_chunk_streams", an_integer().from(0))
      .with("vfs_write_back", time)
      .with("read_only", a_boolean());
}

Schema mounted() {
  return a_closed_dict().with("read_only", a_boolean()).with("hf_mount_args", a_list_of(a_text()));
}

Schema config() {
  return an_open_dict()
      .with("disk_size",
            any_of({a_text().matching(is_memory_size, kMemorySizePattern), an_integer()}))
      .with("disk_tier", a_text())
      .with("storage_type", a_text())
      .with("attach_mode", a_text())
      .with("mount_cached", cached())
      .with("mount", mounted());
}

}  // namespace

const Schema& storage_schema() {
  static const Schema schema =
      a_closed_dict()
          .with("name", a_text())
          .with("source", any_of({a_text(), a_list_of(a_text()).sized(1)}))
          .with("store", a_text().one_of_words({"S3", "GCS", "AZURE", "R2", "IBM", "OCI", "NEBIUS",
                                                "COREWEAVE", "VASTDATA", "HF", "VOLUME"},
                                               true))
          .with("persistent", a_boolean())
          .with("mode", a_text().one_of_words({"MOUNT", "COPY", "MOUNT_CACHED"}, true))
          .with("type", a_text().one_of_words({"MODEL_CHECKPOINT_RO", "MODEL_CHECKPOINT_RW",
                                               "DATASET_RO", "DATASET_RW"},
                                              true))
          .with("config", config())
          .with("_is_sky_managed", a_boolean())
          .with("_bucket_sub_path", a_text())
          .with("_force_delete", a_boolean());
  return schema;
}

}  // namespace skyrun
