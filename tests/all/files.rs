//! Files in and out: all or nothing, errors by line and column, and what goes out comes back.

use domain::day;
use server::export::csv::{self, Format};
use server::service::import::{Bad, Done, Error, Importer, Kind};
use uuid::Uuid;

use crate::house::{House, both};

fn importer(house: &House) -> Importer {
    Importer {
        store: house.base.store.clone(),
        instruments: house.base.instruments.clone(),
        clock: house.base.clock.clone(),
        by: house.by(),
    }
}

pub(crate) async fn import(house: &House, kind: Kind, text: &str) -> Result<Done, Error> {
    importer(house).import(kind, text.as_bytes()).await
}

pub(crate) async fn export(house: &House, kind: Kind) -> String {
    let mut out = vec![];
    csv::table(&house.base.store, kind, &mut out).await.unwrap();
    String::from_utf8(out).unwrap()
}

async fn responses(house: &House, format: Format) -> String {
    let mut out = vec![];
    let days = ("2000-01-01".parse().unwrap(), "2100-01-01".parse().unwrap());
    csv::responses(&house.base.store, &house.base.instruments, days, format, &mut out)
        .await
        .unwrap();
    String::from_utf8(out).unwrap()
}

/// Where an import went wrong.
async fn bad(house: &House, kind: Kind, text: &str) -> (u64, String) {
    match import(house, kind, text).await {
        Err(Error::Bad(Bad { line, column, .. })) => (line, column),
        other => panic!("{other:?}"),
    }
}

fn at(line: u64, column: &str) -> (u64, String) {
    (line, column.to_owned())
}

const UNITS: &str = "code,parent,kind,name,valid_from,valid_to,predecessors\n";
const POINTS: &str = "code,unit,name,channel,open_from,open_to\n";
const RESPONSES: &str =
    "id,point,answered_at,questionnaire,stage,field,channel,comment,A1,A2,B1,D1,agency,simulated\n";

both! {
    async fn units_points_plans_go_out_and_come_back(engine: Engine) {
        let house = House::new(engine).await;
        let units = "\u{feff}code;parent;kind;name;valid_from;valid_to;predecessors;public\r\n\
            c9;p9;commune;\"Xã \"\"Chín\"\"\";2025-07-01;;h1|h2;1\r\n\
            p9;;province;=Tỉnh 9;;;;\r\n\
            h1;p9;district;Huyện, Một;;2025-06-30;;no\r\n\
            h2;p9;district;'+Huyện Hai;;2025-06-30;;\r\n";
        assert_eq!(import(&house, Kind::Units, units).await.unwrap().written, 4);
        let targets = "unit;year;index;code;name;max;baseline;baseline_rank;rank_of;target;source\n\
            h1;2024;par;1;Chỉ đạo;11;10,04;7;11;10,5;Kế hoạch 153\nh1;2024;par;total;Chung;;80,24;8;11;85,20;\n";
        import(&house, Kind::Targets, targets).await.unwrap();
        import(&house, Kind::Dossiers, "unit,month,handled\nc9,2026-01,120\nc9,2026-02-01,0\n").await.unwrap();
        import(&house, Kind::Points, &format!("{POINTS},c9,Quầy A,assisted,2025-07-01,\n")).await.unwrap();
        let twin = House::new(engine).await;
        for kind in [Kind::Units, Kind::Points, Kind::Targets, Kind::Dossiers] {
            let out = export(&house, kind).await;
            import(&twin, kind, &out).await.unwrap();
            assert_eq!(export(&twin, kind).await, out, "{kind:?}");
            import(&house, kind, &out).await.unwrap();
            assert_eq!(export(&house, kind).await, out, "{kind:?}");
        }
        let units = export(&house, Kind::Units).await;
        assert!(units.contains("p9,,province,'=Tỉnh 9,"), "{units}");
        assert!(units.contains("c9,p9,commune,\"Xã \"\"Chín\"\"\",2025-07-01,,h1|h2,true"), "{units}");
        assert!(export(&house, Kind::Targets).await.contains("10.04,7,11,10.5,,,Kế hoạch 153"));
        assert!(export(&house, Kind::Dossiers).await.contains("c9,2026-01,120\nc9,2026-02,0\n"));
    }

    async fn a_bad_row_is_named_and_nothing_is_written(engine: Engine) {
        let house = House::new(engine).await;
        let before = export(&house, Kind::Units).await + &export(&house, Kind::Points).await;
        let good = "x,p,commune,Xã X,,,\n";
        for (rows, line, column) in [
            ("y,p,village,Y,,,\n", 3, "kind"),
            ("y,nowhere,commune,Y,,,\n", 3, "parent"),
            ("y,p,commune,Y,2025-02-30,,\n", 3, "valid_from"),
            ("y,p,commune,Y,2025-02-03,2025-02-02,\n", 3, "valid_to"),
            ("y,p,commune,Y,,,nowhere\n", 3, "predecessors"),
            ("y,p,commune,,,,\n", 3, "name"),
            ("y z,p,commune,Y,,,\n", 3, "code"),
            ("x,p,commune,Y,,,\n", 3, "code"),
            ("y,p,commune\n", 3, "-"),
            ("y,z,commune,Y,,,\nz,y,commune,Z,,,\n", 3, "parent"),
            ("p,c1,province,Tỉnh,,,\n", 3, "parent"),
        ] {
            assert_eq!(bad(&house, Kind::Units, &format!("{UNITS}{good}{rows}")).await, at(line, column), "{rows}");
        }
        assert_eq!(bad(&house, Kind::Units, "code,parent\n").await, at(1, "kind"));
        assert_eq!(bad(&house, Kind::Units, "").await, at(1, "code"));
        assert_eq!(bad(&house, Kind::Units, &UNITS.replace("name", "nome")).await, at(1, "nome"));
        for (row, column) in [
            ("XXXXXXXXXX,t1,Q,qr,,", "code"), (",nowhere,Q,qr,,", "unit"), (",t1,Q,fax,,", "channel"),
            (",t1,Q,qr,01/01/2025,", "open_from"), (",t1,Q\u{7},qr,,", "name"),
        ] {
            assert_eq!(bad(&house, Kind::Points, &format!("{POINTS}{row}\n")).await, at(2, column), "{row}");
        }
        let targets = "unit,year,index,code,name,max,baseline,baseline_rank,rank_of,target\n";
        for (row, column) in [
            ("p,24,sipas,I,N,,,,,", "year"), ("p,2024,gdp,I,N,,,,,", "index"), ("p,2024,par,1,N,1x,,,,", "max"),
            ("p,2024,par,1,N,,1,12,11,", "baseline_rank"), ("q,2024,par,1,N,,,,,", "unit"),
        ] {
            assert_eq!(bad(&house, Kind::Targets, &format!("{targets}{row}\n")).await, at(2, column), "{row}");
        }
        for (row, column) in [("p,2026-13,1", "month"), ("p,2026-01-02,1", "month"), ("p,2026-01,-1", "handled")] {
            let text = format!("unit,month,handled\n{row}\n");
            assert_eq!(bad(&house, Kind::Dossiers, &text).await, at(2, column), "{row}");
        }
        assert_eq!(export(&house, Kind::Units).await + &export(&house, Kind::Points).await, before);
    }

    async fn responses_go_in_once_and_come_back(engine: Engine) {
        let house = House::new(engine).await;
        let (a, b, c) = (Uuid::new_v4(), Uuid::new_v4(), Uuid::new_v4());
        let p = &house.points;
        let text = format!(
            "{RESPONSES}{a},{},2026-09-30,sipas-2023,result,Hộ tịch,,\"=1+1, \"\"hay\"\"\",5,na,,4,so-noi-vu,\n\
             {b},{},2026-10-10T16:59:59Z,,filing,,paper,,1,,,5,,true\n{c},{},2026-10-10T17:00:00+07:00,,,,,,,2,,,,\n",
            p[0], p[1].to_lowercase(), p[3]
        );
        let done = |written, skipped| Done { written, skipped };
        assert_eq!(import(&house, Kind::Responses, &text).await.unwrap(), done(3, 0));
        assert_eq!(import(&house, Kind::Responses, &text).await.unwrap(), done(0, 3));
        let out = responses(&house, Format::Csv).await;
        assert!(out.contains(&format!("{a},{},2026-09-30,sipas-2023,result,Hộ tịch,qr,\"'=1+1, \"\"hay\"\"\"", p[0])), "{out}");
        // The result was dropped, since there was none yet.
        let filing = out.lines().find(|line| line.starts_with(&b.to_string())).unwrap();
        assert_eq!(filing.matches('5').count() - b.to_string().matches('5').count() - p[1].matches('5').count(), 0, "{filing}");
        assert!(filing.ends_with(",true") && filing.contains(",paper,"));
        assert_eq!(import(&house, Kind::Responses, &out).await.unwrap(), done(0, 3));
        let twin = House::new(engine).await;
        assert_eq!(import(&twin, Kind::Responses, &out).await.unwrap(), done(3, 0));
        assert_eq!(responses(&twin, Format::Csv).await, out);
        let lines = responses(&twin, Format::Jsonl).await;
        let first: serde_json::Value = lines.lines().map(|l| serde_json::from_str(l).unwrap())
            .find(|row: &serde_json::Value| row["id"] == a.to_string()).unwrap();
        assert_eq!(first["answers"], serde_json::json!({"A1": 5, "A2": "na", "D1": 4}));
        assert_eq!(first["comment"], "=1+1, \"hay\"");
        assert_eq!(house.differences().await, [""; 0]);
        assert_eq!(house.index("p", "?from=2026-09-30&to=2026-09-30").await["responses"], 1);
        // A stored id with other content is refused, and nothing of the file is written.
        let other = text.replace(",5,na,", ",4,na,");
        let more = format!("{other}{},{},2026-10-01,,,,,,1,,,,,\n", Uuid::new_v4(), p[0]);
        assert_eq!(bad(&house, Kind::Responses, &more).await, at(2, "id"));
        let day = text.replace("2026-09-30", "2026-09-29");
        assert_eq!(bad(&house, Kind::Responses, &day).await, at(2, "id"));
        let twice = format!("{RESPONSES}{},{p0},2026-10-01,,,,,,1,,,,,\n{a},{p0},2026-10-01,,,,,,1,,,,,\n", Uuid::new_v4(), p0 = p[0]);
        assert_eq!(bad(&house, Kind::Responses, &twice).await, at(3, "id"));
        let d = Uuid::new_v4();
        let same = format!("{RESPONSES}{d},{p0},2026-10-01,,,,,,1,,,,,\n{d},{p0},2026-10-01,,,,,,1,,,,,\n", p0 = p[0]);
        assert_eq!(import(&twin, Kind::Responses, &same).await.unwrap(), done(1, 1));
        let unlike = same.replacen(",1,,,,,\n", ",2,,,,,\n", 1);
        assert_eq!(bad(&house, Kind::Responses, &unlike).await, at(3, "id"));
        assert_eq!(house.base.store.count_responses().await.unwrap(), 3);
    }

    async fn bad_responses_are_named_by_line_and_column(engine: Engine) {
        let house = House::new(engine).await;
        let good = format!("{},{},2026-10-01,,,,,,1,,,,,\n", Uuid::new_v4(), house.points[0]);
        let id = Uuid::new_v4();
        let p = &house.points[0];
        for (row, column) in [
            (format!("x,{p},2026-10-01,,,,,,1,,,,,"), "id"),
            (format!("{id},XXXXXXXXXX,2026-10-01,,,,,,1,,,,,"), "point"),
            (format!("{id},{p},2026-10-11,,,,,,1,,,,,"), "answered_at"),
            (format!("{id},{p},01/10/2026,,,,,,1,,,,,"), "answered_at"),
            (format!("{id},{p},2026-10-01,sipas-1999,,,,,1,,,,,"), "questionnaire"),
            (format!("{id},{p},2026-10-01,,later,,,,1,,,,,"), "stage"),
            (format!("{id},{p},2026-10-01,,,,fax,,1,,,,,"), "channel"),
            (format!("{id},{p},2026-10-01,,,,,,6,,,,,"), "A1"),
            (format!("{id},{p},2026-10-01,,,,,,1,,x,,,"), "B1"),
            (format!("{id},{p},2026-10-01,,,,,,,,,,,"), "answers"),
            (format!("{id},{p},2026-10-01,,,,,,1,,,,,maybe"), "simulated"),
            (format!("{id},{p},2026-10-01,,,{},,,1,,,,,", "x".repeat(65)), "field"),
        ] {
            let text = format!("{RESPONSES}{good}{row}\n{good}");
            assert_eq!(bad(&house, Kind::Responses, &text).await, at(3, column), "{row}");
        }
        assert_eq!(house.base.store.count_responses().await.unwrap(), 0);
        assert_eq!(house.base.store.changes().await.unwrap().answers, 0);
    }

    async fn an_import_of_today_is_released_in_blocks_too(engine: Engine) {
        let house = House::new(engine).await;
        let today = day::from_number(day::number("2026-10-10".parse().unwrap()));
        let rows: String = (0..7).map(|n| {
            format!("{},{},{today},,,,,,{},,,,,\n", Uuid::new_v4(), house.points[0], if n < 5 { 5 } else { 1 })
        }).collect();
        import(&house, Kind::Responses, &format!("{RESPONSES}{rows}")).await.unwrap();
        let index = house.index("c1", "").await;
        assert_eq!(index["responses"], 7);
        assert_eq!(index["groups"][1]["components"][0]["score"], 100.0);
    }
}
