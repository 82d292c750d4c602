//! Guidance in use.

use async_trait::async_trait;

use super::bulk::Into;
use super::sql::Sql;
use super::unit::DbUnit;
use crate::{Guidance, GuidanceLayerRow, GuidanceUseRow, Result};

table!(($) used, GuidanceUseRow, "guidance_use", rule, version, hash, layer, first_used_at);
table!(($) layer, GuidanceLayerRow, "guidance_layer", name, files, active, switched_on_by, at);

const RECORD: Into = used::INSERT.tail(" ON CONFLICT (rule, version) DO NOTHING");
const SAVE_LAYER: Into = layer::INSERT.tail(
    " ON CONFLICT (name) DO UPDATE SET files = excluded.files, active = excluded.active,
    switched_on_by = excluded.switched_on_by, at = excluded.at",
);

statements! {
    USES = concat!("SELECT ", used!(), " FROM guidance_use ORDER BY rule, version");
    LAYERS = concat!("SELECT ", layer!(), " FROM guidance_layer ORDER BY name");
}

#[async_trait]
impl Guidance for DbUnit {
    async fn record_guidance_use(&mut self, rows: &[GuidanceUseRow]) -> Result<()> {
        self.insert(RECORD, rows, used::write).await?;
        Ok(())
    }

    async fn guidance_uses(&mut self) -> Result<Vec<GuidanceUseRow>> {
        self.all(Sql::new(USES), used::read).await
    }

    async fn guidance_layers(&mut self) -> Result<Vec<GuidanceLayerRow>> {
        self.all(Sql::new(LAYERS), layer::read).await
    }

    async fn save_guidance_layer(&mut self, row: &GuidanceLayerRow) -> Result<()> {
        self.insert(SAVE_LAYER, std::slice::from_ref(row), layer::write).await?;
        Ok(())
    }
}
